CREATE TYPE "public"."removal_kind" AS ENUM('app', 'apps', 'people', 'person', 'publisher');--> statement-breakpoint
CREATE TABLE "removal_parts" (
	"removal_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"installation_id" uuid NOT NULL,
	"app_name" text NOT NULL,
	"epoch" integer NOT NULL,
	"authorization_id" uuid,
	"authorizations" integer DEFAULT 0 NOT NULL,
	"families" integer DEFAULT 0 NOT NULL,
	"tokens" integer DEFAULT 0 NOT NULL,
	"counted_to" uuid,
	"counted_at" timestamp with time zone,
	CONSTRAINT "removal_parts_pk" PRIMARY KEY("removal_id","number")
);
--> statement-breakpoint
CREATE TABLE "removals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"root_organization_id" uuid NOT NULL,
	"kind" "removal_kind" NOT NULL,
	"removed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"removed_by" uuid,
	"removed_by_name" text NOT NULL,
	"person_id" uuid,
	"person_name" text,
	"is_blocked" boolean DEFAULT false NOT NULL,
	"is_entry_removed" boolean DEFAULT false NOT NULL,
	"apps" integer NOT NULL,
	"authorizations" integer DEFAULT 0 NOT NULL,
	"families" integer DEFAULT 0 NOT NULL,
	"tokens" integer DEFAULT 0 NOT NULL,
	"jwts_until" timestamp with time zone,
	"jwts_seen_at" timestamp with time zone,
	"counting_at" timestamp with time zone,
	"counted_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "removal_parts" ADD CONSTRAINT "removal_parts_removal_id_removals_id_fk" FOREIGN KEY ("removal_id") REFERENCES "public"."removals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "removal_parts" ADD CONSTRAINT "removal_parts_installation_id_installations_id_fk" FOREIGN KEY ("installation_id") REFERENCES "public"."installations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "removals" ADD CONSTRAINT "removals_root_organization_id_organizations_id_fk" FOREIGN KEY ("root_organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "removals" ADD CONSTRAINT "removals_removed_by_users_id_fk" FOREIGN KEY ("removed_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "removals" ADD CONSTRAINT "removals_person_id_users_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "removal_parts_of_an_installation" ON "removal_parts" USING btree ("installation_id","removal_id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "removals_of_a_root" ON "removals" USING btree ("root_organization_id","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "removals_of_a_person" ON "removals" USING btree ("person_id") WHERE "removals"."person_id" is not null;--> statement-breakpoint
CREATE INDEX "removals_being_counted" ON "removals" USING btree ("id") WHERE "removals"."counted_at" is null;
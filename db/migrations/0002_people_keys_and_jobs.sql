CREATE TYPE "public"."token_format" AS ENUM('opaque', 'jwt');--> statement-breakpoint
CREATE TYPE "public"."app_creation" AS ENUM('nobody', 'administrators', 'developers');--> statement-breakpoint
CREATE TYPE "public"."account_link_purpose" AS ENUM('password-reset', 'email-change');--> statement-breakpoint
CREATE TABLE "app_keys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"app_id" uuid NOT NULL,
	"name" text NOT NULL,
	"kid" text NOT NULL,
	"public_jwk" jsonb NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"ended_by" uuid,
	"last_used_at" timestamp with time zone,
	"last_used_ip" "inet"
);
--> statement-breakpoint
CREATE TABLE "app_logos" (
	"app_id" uuid PRIMARY KEY NOT NULL,
	"sha256" "bytea" NOT NULL,
	"png" "bytea" NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_by" uuid
);
--> statement-breakpoint
CREATE TABLE "bulk_rotation_apps" (
	"bulk_rotation_id" uuid NOT NULL,
	"app_id" uuid NOT NULL,
	"done_at" timestamp with time zone,
	"refusal" text,
	"sealed_secret" "bytea",
	CONSTRAINT "bulk_rotation_apps_pk" PRIMARY KEY("bulk_rotation_id","app_id")
);
--> statement-breakpoint
CREATE TABLE "bulk_rotations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" uuid NOT NULL,
	"root_organization_id" uuid NOT NULL,
	"overlap_hours" integer NOT NULL,
	"started_by" uuid NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	"handed_over_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "outgoing_mails" (
	"id" uuid PRIMARY KEY NOT NULL,
	"root_organization_id" uuid,
	"kind" text NOT NULL,
	"recipient" text NOT NULL,
	"subject" text NOT NULL,
	"sealed_text" "bytea",
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_problem" text,
	"sent_at" timestamp with time zone,
	"given_up_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "group_members" (
	"group_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"added_at" timestamp with time zone DEFAULT now() NOT NULL,
	"added_by" uuid,
	CONSTRAINT "group_members_pk" PRIMARY KEY("group_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "groups" (
	"id" uuid PRIMARY KEY NOT NULL,
	"root_organization_id" uuid NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"ended_at" timestamp with time zone,
	"ended_by" uuid
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" uuid NOT NULL,
	"root_organization_id" uuid NOT NULL,
	"email" text NOT NULL,
	"role" "membership_role" NOT NULL,
	"apps_max" integer,
	"token_hash" "bytea" NOT NULL,
	"invited_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"accepted_at" timestamp with time zone,
	"accepted_by" uuid,
	"ended_at" timestamp with time zone,
	"ended_by" uuid
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"key_hash" "bytea" PRIMARY KEY NOT NULL,
	"request_hash" "bytea" NOT NULL,
	"status" integer,
	"sealed_answer" "bytea",
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "request_counts" (
	"key_hash" "bytea" PRIMARY KEY NOT NULL,
	"requests" integer NOT NULL,
	"window_started_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "account_links" (
	"token_hash" "bytea" PRIMARY KEY NOT NULL,
	"purpose" "account_link_purpose" NOT NULL,
	"user_id" uuid NOT NULL,
	"new_email" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	CONSTRAINT "account_links_a_change_names_the_address" CHECK (("account_links"."purpose" = 'email-change') = ("account_links"."new_email" is not null))
);
--> statement-breakpoint
DROP VIEW "public"."live_tokens";--> statement-breakpoint
ALTER TABLE "apis" ADD COLUMN "description" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "apis" ADD COLUMN "token_format" "token_format" DEFAULT 'opaque' NOT NULL;--> statement-breakpoint
ALTER TABLE "apis" ADD COLUMN "jwt_lifetime_seconds" integer DEFAULT 300 NOT NULL;--> statement-breakpoint
ALTER TABLE "apis" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "apis" ADD COLUMN "created_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "apis" ADD COLUMN "created_by" uuid;--> statement-breakpoint
ALTER TABLE "apis" ADD COLUMN "updated_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "apis" ADD COLUMN "updated_by" uuid;--> statement-breakpoint
ALTER TABLE "apis" ADD COLUMN "ended_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "apis" ADD COLUMN "ended_by" uuid;--> statement-breakpoint
ALTER TABLE "app_secrets" ADD COLUMN "expiry_told_days" integer;--> statement-breakpoint
ALTER TABLE "connected_apps" ADD COLUMN "jwks_uri" text;--> statement-breakpoint
ALTER TABLE "scopes" ADD COLUMN "created_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "scopes" ADD COLUMN "created_by" uuid;--> statement-breakpoint
ALTER TABLE "scopes" ADD COLUMN "ended_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "scopes" ADD COLUMN "ended_by" uuid;--> statement-breakpoint
ALTER TABLE "memberships" ADD COLUMN "apps_max" integer;--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "app_creation" "app_creation" DEFAULT 'developers' NOT NULL;--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "apps_max" integer DEFAULT 2000 NOT NULL;--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "secret_days_max" integer;--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "allows_password_tokens" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "suspended_by" uuid;--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "ended_by" uuid;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "password_changed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "app_keys" ADD CONSTRAINT "app_keys_app_id_connected_apps_id_fk" FOREIGN KEY ("app_id") REFERENCES "public"."connected_apps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app_keys" ADD CONSTRAINT "app_keys_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app_keys" ADD CONSTRAINT "app_keys_ended_by_users_id_fk" FOREIGN KEY ("ended_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app_logos" ADD CONSTRAINT "app_logos_app_id_connected_apps_id_fk" FOREIGN KEY ("app_id") REFERENCES "public"."connected_apps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app_logos" ADD CONSTRAINT "app_logos_updated_by_users_id_fk" FOREIGN KEY ("updated_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_rotation_apps" ADD CONSTRAINT "bulk_rotation_apps_bulk_rotation_id_bulk_rotations_id_fk" FOREIGN KEY ("bulk_rotation_id") REFERENCES "public"."bulk_rotations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_rotation_apps" ADD CONSTRAINT "bulk_rotation_apps_app_id_connected_apps_id_fk" FOREIGN KEY ("app_id") REFERENCES "public"."connected_apps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_rotations" ADD CONSTRAINT "bulk_rotations_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_rotations" ADD CONSTRAINT "bulk_rotations_root_organization_id_organizations_id_fk" FOREIGN KEY ("root_organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_rotations" ADD CONSTRAINT "bulk_rotations_started_by_users_id_fk" FOREIGN KEY ("started_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "group_members" ADD CONSTRAINT "group_members_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "group_members" ADD CONSTRAINT "group_members_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "group_members" ADD CONSTRAINT "group_members_added_by_users_id_fk" FOREIGN KEY ("added_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "groups" ADD CONSTRAINT "groups_root_organization_id_organizations_id_fk" FOREIGN KEY ("root_organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "groups" ADD CONSTRAINT "groups_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "groups" ADD CONSTRAINT "groups_ended_by_users_id_fk" FOREIGN KEY ("ended_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_root_organization_id_organizations_id_fk" FOREIGN KEY ("root_organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_invited_by_users_id_fk" FOREIGN KEY ("invited_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_accepted_by_users_id_fk" FOREIGN KEY ("accepted_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_ended_by_users_id_fk" FOREIGN KEY ("ended_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account_links" ADD CONSTRAINT "account_links_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "app_keys_of_an_app" ON "app_keys" USING btree ("app_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "app_keys_kid_is_unique_in_its_app" ON "app_keys" USING btree ("app_id","kid") WHERE "app_keys"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "bulk_rotation_apps_of_an_app" ON "bulk_rotation_apps" USING btree ("app_id");--> statement-breakpoint
CREATE INDEX "bulk_rotation_apps_waiting" ON "bulk_rotation_apps" USING btree ("bulk_rotation_id") WHERE "bulk_rotation_apps"."done_at" is null;--> statement-breakpoint
CREATE INDEX "bulk_rotations_of_an_organization" ON "bulk_rotations" USING btree ("organization_id","started_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "bulk_rotations_of_a_root" ON "bulk_rotations" USING btree ("root_organization_id");--> statement-breakpoint
CREATE INDEX "bulk_rotations_by_who_started_them" ON "bulk_rotations" USING btree ("started_by");--> statement-breakpoint
CREATE INDEX "outgoing_mails_waiting" ON "outgoing_mails" USING btree ("created_at") WHERE "outgoing_mails"."sent_at" is null and "outgoing_mails"."given_up_at" is null;--> statement-breakpoint
CREATE INDEX "outgoing_mails_by_recipient" ON "outgoing_mails" USING btree (lower("recipient"),"created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "group_members_of_a_user" ON "group_members" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "groups_name_is_unique_in_its_root_organization" ON "groups" USING btree ("root_organization_id",lower("name")) WHERE "groups"."ended_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "invitations_once_per_address_and_organization" ON "invitations" USING btree ("organization_id",lower("email")) WHERE "invitations"."accepted_at" is null and "invitations"."ended_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "invitations_by_token" ON "invitations" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "invitations_of_a_root" ON "invitations" USING btree ("root_organization_id");--> statement-breakpoint
CREATE INDEX "invitations_accepted_by" ON "invitations" USING btree ("accepted_by") WHERE "invitations"."accepted_by" is not null;--> statement-breakpoint
CREATE INDEX "idempotency_keys_by_expiry" ON "idempotency_keys" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "request_counts_by_window" ON "request_counts" USING btree ("window_started_at");--> statement-breakpoint
CREATE INDEX "account_links_of_a_user" ON "account_links" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "account_links_by_expiry" ON "account_links" USING btree ("expires_at");--> statement-breakpoint
ALTER TABLE "apis" ADD CONSTRAINT "apis_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "apis" ADD CONSTRAINT "apis_updated_by_users_id_fk" FOREIGN KEY ("updated_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "apis" ADD CONSTRAINT "apis_ended_by_users_id_fk" FOREIGN KEY ("ended_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scopes" ADD CONSTRAINT "scopes_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scopes" ADD CONSTRAINT "scopes_ended_by_users_id_fk" FOREIGN KEY ("ended_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organizations" ADD CONSTRAINT "organizations_suspended_by_users_id_fk" FOREIGN KEY ("suspended_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organizations" ADD CONSTRAINT "organizations_ended_by_users_id_fk" FOREIGN KEY ("ended_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "events_of_a_root_by_person" ON "events" USING btree ("root_organization_id","actor_user_id","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "events_of_a_root_by_name" ON "events" USING btree ("root_organization_id","name","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "events_of_a_root_by_moment" ON "events" USING btree ("root_organization_id","occurred_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "app_secrets_by_expiry" ON "app_secrets" USING btree ("expires_at") WHERE "app_secrets"."ended_at" is null;--> statement-breakpoint
ALTER TABLE "apis" ADD CONSTRAINT "apis_jwts_live_five_minutes_at_most" CHECK ("apis"."jwt_lifetime_seconds" between 60 and 300);--> statement-breakpoint
ALTER TABLE "organizations" ADD CONSTRAINT "organizations_holds_at_least_one_app" CHECK ("organizations"."apps_max" >= 1);--> statement-breakpoint
ALTER TABLE "organizations" ADD CONSTRAINT "organizations_secrets_live_at_least_a_day" CHECK ("organizations"."secret_days_max" is null or "organizations"."secret_days_max" between 1 and 3650);--> statement-breakpoint
CREATE VIEW "public"."live_tokens" AS (
  select t.hash, t.kind, t.app_id, t.family_id, l.id as authorization_id, l.installation_id, l.user_id,
    r.id as root_organization_id, t.payload, t.issued_at, t.expires_at, t.consumed_at
  from tokens t
  join connected_apps c on c.id = t.app_id and c.ended_at is null and c.disabled_at is null
  join organizations p on p.id = c.root_organization_id and p.suspended_at is null and p.ended_at is null
  left join token_families f on f.id = t.family_id and f.ended_at is null
  left join live_authorizations l on l.id = f.authorization_id and not l.is_held
  join organizations r on r.id = coalesce(l.root_organization_id, c.root_organization_id)
    and r.suspended_at is null and r.ended_at is null
  where t.ended_at is null and t.expires_at > now()
    and case when t.family_id is null then t.app_epoch = c.epoch else l.id is not null end);
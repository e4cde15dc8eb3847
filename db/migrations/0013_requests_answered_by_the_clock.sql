ALTER TYPE "public"."request_answer" ADD VALUE 'expired';--> statement-breakpoint
ALTER TYPE "public"."request_answer" ADD VALUE 'blocked';--> statement-breakpoint
CREATE TABLE "approval_notices" (
	"request_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"root_organization_id" uuid NOT NULL,
	"told_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "approval_notices_pk" PRIMARY KEY("request_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "request_reviewers" (
	"root_organization_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"named_at" timestamp with time zone DEFAULT now() NOT NULL,
	"named_by" uuid,
	CONSTRAINT "request_reviewers_pk" PRIMARY KEY("root_organization_id","user_id")
);
--> statement-breakpoint
ALTER TABLE "allowlists" ADD COLUMN "grants_approved_only" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "allowlists" ADD COLUMN "tells_of_requests" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "approval_requesters" ADD COLUMN "sealed_interaction" "bytea";--> statement-breakpoint
ALTER TABLE "approval_requests" ADD COLUMN "reminders" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "approval_notices" ADD CONSTRAINT "approval_notices_request_id_approval_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."approval_requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approval_notices" ADD CONSTRAINT "approval_notices_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approval_notices" ADD CONSTRAINT "approval_notices_root_organization_id_organizations_id_fk" FOREIGN KEY ("root_organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_reviewers" ADD CONSTRAINT "request_reviewers_root_organization_id_organizations_id_fk" FOREIGN KEY ("root_organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_reviewers" ADD CONSTRAINT "request_reviewers_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_reviewers" ADD CONSTRAINT "request_reviewers_named_by_users_id_fk" FOREIGN KEY ("named_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "approval_notices_by_person" ON "approval_notices" USING btree ("user_id","root_organization_id","told_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "approval_notices_of_a_root" ON "approval_notices" USING btree ("root_organization_id");--> statement-breakpoint
CREATE INDEX "request_reviewers_of_a_user" ON "request_reviewers" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "approval_requests_by_end" ON "approval_requests" USING btree ("expires_at") WHERE "approval_requests"."answered_at" is null and "approval_requests"."requested_at" is not null;
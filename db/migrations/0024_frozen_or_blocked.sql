ALTER TABLE "removals" ADD COLUMN "frozen" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "installations_frozen_of_a_root" ON "installations" USING btree ("root_organization_id") WHERE "installations"."frozen_at" is not null;--> statement-breakpoint
UPDATE "installations" SET "frozen_at" = null, "frozen_by" = null WHERE "blocked_at" is not null;--> statement-breakpoint
ALTER TABLE "installations" ADD CONSTRAINT "installations_blocked_are_not_frozen" CHECK ("installations"."blocked_at" is null or "installations"."frozen_at" is null);
ALTER TABLE "installations" ADD COLUMN "first_authorized_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "installations_held_of_a_root" ON "installations" USING btree ("root_organization_id") WHERE "installations"."network_mode" <> 'off';--> statement-breakpoint
UPDATE "installations" SET "first_authorized_at" = "first"."at" FROM (SELECT "installation_id", min("created_at") AS "at" FROM "authorizations" GROUP BY "installation_id") "first" WHERE "first"."installation_id" = "installations"."id";

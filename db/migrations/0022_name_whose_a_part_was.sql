ALTER TABLE "removal_parts" ADD COLUMN "person_name" text;--> statement-breakpoint
UPDATE "removal_parts" p SET "person_name" = u."full_name" FROM "authorizations" a JOIN "users" u ON u."id" = a."user_id" WHERE a."id" = p."authorization_id";

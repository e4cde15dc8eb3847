DROP INDEX "bulk_rotations_by_who_started_them";--> statement-breakpoint
ALTER TABLE "bulk_rotations" ALTER COLUMN "started_by" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "app_keys" ADD COLUMN "expiry_told_days" integer;--> statement-breakpoint
ALTER TABLE "bulk_rotation_apps" ADD COLUMN "secret_id" uuid;--> statement-breakpoint
ALTER TABLE "bulk_rotations" ADD COLUMN "started_by_app_id" uuid;--> statement-breakpoint
ALTER TABLE "bulk_rotations" ADD COLUMN "started_with_scopes" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "bulk_rotations" ADD COLUMN "forgotten_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "bulk_rotation_apps" ADD CONSTRAINT "bulk_rotation_apps_secret_id_app_secrets_id_fk" FOREIGN KEY ("secret_id") REFERENCES "public"."app_secrets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_rotations" ADD CONSTRAINT "bulk_rotations_started_by_app_id_connected_apps_id_fk" FOREIGN KEY ("started_by_app_id") REFERENCES "public"."connected_apps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "app_keys_by_expiry" ON "app_keys" USING btree ("expires_at") WHERE "app_keys"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "bulk_rotation_apps_of_a_secret" ON "bulk_rotation_apps" USING btree ("secret_id") WHERE "bulk_rotation_apps"."secret_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "bulk_rotation_apps_wait_in_one_rotation" ON "bulk_rotation_apps" USING btree ("app_id") WHERE "bulk_rotation_apps"."done_at" is null;--> statement-breakpoint
CREATE INDEX "bulk_rotations_by_app" ON "bulk_rotations" USING btree ("started_by_app_id") WHERE "bulk_rotations"."started_by_app_id" is not null;--> statement-breakpoint
CREATE INDEX "bulk_rotations_not_over" ON "bulk_rotations" USING btree ("started_at") WHERE "bulk_rotations"."handed_over_at" is null and "bulk_rotations"."forgotten_at" is null;--> statement-breakpoint
CREATE INDEX "bulk_rotations_by_who_started_them" ON "bulk_rotations" USING btree ("started_by","started_at" DESC NULLS LAST);--> statement-breakpoint
ALTER TABLE "bulk_rotations" ADD CONSTRAINT "bulk_rotations_are_begun_by_somebody" CHECK ("bulk_rotations"."started_by" is not null or "bulk_rotations"."started_by_app_id" is not null);
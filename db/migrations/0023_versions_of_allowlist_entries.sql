DROP VIEW "public"."live_entries";--> statement-breakpoint
ALTER TABLE "allowlist_entries" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
CREATE VIEW "public"."live_entries" AS (
  select id, root_organization_id, app_id, scopes, group_id, ends_at, origin, version, created_by, created_at, updated_at, updated_by
  from allowlist_entries
  where ended_at is null and (ends_at is null or ends_at > now()));
ALTER TYPE "public"."authorization_end" ADD VALUE 'entry-ended';--> statement-breakpoint
DROP VIEW "public"."live_tokens";--> statement-breakpoint
DROP VIEW "public"."live_authorizations";--> statement-breakpoint
ALTER TABLE "allowlist_entries" ADD COLUMN "group_id" uuid;--> statement-breakpoint
ALTER TABLE "allowlist_entries" ADD COLUMN "ends_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "allowlist_entries" ADD COLUMN "end_set_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "authorizations" ADD COLUMN "entry_id" uuid;--> statement-breakpoint
ALTER TABLE "allowlist_entries" ADD CONSTRAINT "allowlist_entries_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "authorizations" ADD CONSTRAINT "authorizations_entry_id_allowlist_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."allowlist_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "allowlist_entries_for_a_group" ON "allowlist_entries" USING btree ("group_id") WHERE "allowlist_entries"."group_id" is not null;--> statement-breakpoint
CREATE INDEX "allowlist_entries_with_an_end" ON "allowlist_entries" USING btree ("root_organization_id","app_id") WHERE "allowlist_entries"."ends_at" is not null;--> statement-breakpoint
CREATE INDEX "allowlist_entries_by_end" ON "allowlist_entries" USING btree ("ends_at") WHERE "allowlist_entries"."ended_at" is null and "allowlist_entries"."ends_at" is not null;--> statement-breakpoint
CREATE INDEX "authorizations_of_an_entry" ON "authorizations" USING btree ("entry_id") WHERE "authorizations"."entry_id" is not null;--> statement-breakpoint
ALTER TABLE "allowlist_entries" ADD CONSTRAINT "allowlist_entries_end_was_set_at_a_moment" CHECK (("allowlist_entries"."ends_at" is null) = ("allowlist_entries"."end_set_at" is null));--> statement-breakpoint
CREATE VIEW "public"."live_entries" AS (
  select id, root_organization_id, app_id, scopes, group_id, ends_at, origin, created_by, created_at, updated_at, updated_by
  from allowlist_entries
  where ended_at is null and (ends_at is null or ends_at > now()));--> statement-breakpoint
CREATE VIEW "public"."live_authorizations" AS (
  select a.id, a.installation_id, a.root_organization_id, a.app_id, a.user_id, a.scopes, a.created_at, a.last_used_at,
    (i.frozen_at is not null or i.blocked_at is not null or u.deactivated_at is not null
      or (c.audience = 'internal' and c.root_organization_id <> a.root_organization_id)) as is_held
  from authorizations a
  join installations i on i.id = a.installation_id and i.epoch = a.epoch
  join users u on u.id = a.user_id and u.ended_at is null
  join memberships m on m.id = a.membership_id and m.ended_at is null
  join connected_apps c on c.id = a.app_id and c.ended_at is null
  where a.ended_at is null and not exists (
    select from allowlist_entries e
    where e.root_organization_id = a.root_organization_id and e.app_id = a.app_id
      and e.ends_at <= now() and (e.id = a.entry_id or a.created_at <= e.end_set_at)));--> statement-breakpoint
CREATE VIEW "public"."live_tokens" AS (
  select t.hash, t.kind, t.app_id, t.family_id, l.id as authorization_id, l.installation_id, l.user_id,
    r.id as root_organization_id, t.payload, t.is_jwt, t.issued_at, t.expires_at, t.consumed_at
  from tokens t
  join connected_apps c on c.id = t.app_id and c.ended_at is null and c.disabled_at is null
  join organizations p on p.id = c.root_organization_id and p.suspended_at is null and p.ended_at is null
  left join token_families f on f.id = t.family_id and f.ended_at is null
  left join live_authorizations l on l.id = f.authorization_id and not l.is_held
  join organizations r on r.id = coalesce(l.root_organization_id, c.root_organization_id)
    and r.suspended_at is null and r.ended_at is null
  where t.ended_at is null and t.expires_at > now()
    and case when t.family_id is null then t.app_epoch = c.epoch else l.id is not null end);
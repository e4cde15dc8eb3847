CREATE TYPE "public"."network_mode" AS ENUM('off', 'enforce', 'enforce-except-refresh');--> statement-breakpoint
DROP VIEW "public"."live_tokens";--> statement-breakpoint
DROP VIEW "public"."live_authorizations";--> statement-breakpoint
ALTER TABLE "installations" ADD COLUMN "networks" "cidr"[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "installations" ADD COLUMN "network_mode" "network_mode" DEFAULT 'off' NOT NULL;--> statement-breakpoint
ALTER TABLE "installations" ADD COLUMN "networks_version" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "installations" ADD CONSTRAINT "installations_held_to_networks_have_some" CHECK ("installations"."network_mode" = 'off' or cardinality("installations"."networks") > 0);--> statement-breakpoint
CREATE VIEW "public"."live_authorizations" AS (
  select a.id, a.installation_id, a.root_organization_id, a.app_id, a.user_id, a.scopes, a.created_at, a.last_used_at,
    (i.frozen_at is not null or i.blocked_at is not null or u.deactivated_at is not null
      or (c.audience = 'internal' and c.root_organization_id <> a.root_organization_id)) as is_held,
    i.network_mode, i.networks
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
    r.id as root_organization_id, t.payload, t.is_jwt, t.issued_at, t.expires_at, t.consumed_at,
    coalesce(l.network_mode, h.network_mode) as network_mode, coalesce(l.networks, h.networks) as networks
  from tokens t
  join connected_apps c on c.id = t.app_id and c.ended_at is null and c.disabled_at is null
  join organizations p on p.id = c.root_organization_id and p.suspended_at is null and p.ended_at is null
  left join token_families f on f.id = t.family_id and f.ended_at is null
  left join live_authorizations l on l.id = f.authorization_id and not l.is_held
  join organizations r on r.id = coalesce(l.root_organization_id, c.root_organization_id)
    and r.suspended_at is null and r.ended_at is null
  left join installations h on h.root_organization_id = c.root_organization_id
    and h.app_id = case when t.family_id is null then c.id end
  where t.ended_at is null and t.expires_at > now()
    and case when t.family_id is null then t.app_epoch = c.epoch else l.id is not null end);
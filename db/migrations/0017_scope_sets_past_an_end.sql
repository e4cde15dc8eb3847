DROP VIEW "public"."live_scope_sets";--> statement-breakpoint
-- A function and not a part of the view, so that whoever asks the view does not plan what hardly ever runs.
CREATE FUNCTION live_scope_sets_of(installation uuid) RETURNS TABLE (scopes text[], people integer) LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN QUERY SELECT l.scopes, count(*)::int FROM live_authorizations l WHERE l.installation_id = installation GROUP BY l.scopes;
END $$;--> statement-breakpoint
CREATE VIEW "public"."live_scope_sets" AS (
  select i.id as installation_id, i.root_organization_id, i.app_id, t.scopes, sum(t.people)::int as people
  from installations i
  join connected_apps c on c.id = i.app_id and c.ended_at is null
  join authorization_tallies t on t.installation_id = i.id and t.epoch = i.epoch
  where not exists (
    select from allowlist_entries e
    where e.root_organization_id = i.root_organization_id and e.app_id = i.app_id and e.ends_at <= now())
  group by i.id, t.scopes
  having sum(t.people) > 0
  union all
  select i.id, i.root_organization_id, i.app_id, l.scopes, l.people
  from installations i
  cross join lateral live_scope_sets_of(i.id) l
  where exists (
    select from allowlist_entries e
    where e.root_organization_id = i.root_organization_id and e.app_id = i.app_id and e.ends_at <= now()));
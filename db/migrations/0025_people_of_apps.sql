CREATE VIEW "public"."live_people" AS (
  select i.id as installation_id, i.root_organization_id, i.app_id, sum(t.people)::int as people
  from installations i
  join connected_apps c on c.id = i.app_id and c.ended_at is null
  join authorization_tallies t on t.installation_id = i.id and t.epoch = i.epoch
  where not exists (
    select from allowlist_entries e
    where e.root_organization_id = i.root_organization_id and e.app_id = i.app_id and e.ends_at <= now())
  group by i.id
  having sum(t.people) > 0
  union all
  select i.id, i.root_organization_id, i.app_id, l.people
  from (
    select * from installations i where exists (
      select from allowlist_entries e
      where e.root_organization_id = i.root_organization_id and e.app_id = i.app_id and e.ends_at <= now())
    offset 0) i
  cross join lateral (select sum(people)::int as people from live_scope_sets_of(i.id)) l
  where l.people > 0);
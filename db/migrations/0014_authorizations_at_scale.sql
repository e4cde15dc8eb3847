CREATE TABLE "authorization_tallies" (
	"root_organization_id" uuid NOT NULL,
	"installation_id" uuid NOT NULL,
	"epoch" integer NOT NULL,
	"scopes" text[] NOT NULL,
	"people" integer NOT NULL
);
--> statement-breakpoint
DROP INDEX "authorizations_live_by_scopes";--> statement-breakpoint
CREATE INDEX "authorization_tallies_of_an_installation" ON "authorization_tallies" USING btree ("installation_id","epoch");--> statement-breakpoint
CREATE INDEX "authorization_tallies_of_a_root" ON "authorization_tallies" USING btree ("root_organization_id");--> statement-breakpoint
CREATE INDEX "users_by_any_part" ON "users" USING gin ("full_name" gin_trgm_ops,"username" gin_trgm_ops,"email" gin_trgm_ops);--> statement-breakpoint
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
  select l.installation_id, l.root_organization_id, l.app_id, l.scopes, count(*)::int as people
  from (select distinct root_organization_id, app_id from allowlist_entries where ends_at <= now()) e
  join installations i on i.root_organization_id = e.root_organization_id and i.app_id = e.app_id
  join live_authorizations l on l.installation_id = i.id
  group by l.installation_id, l.root_organization_id, l.app_id, l.scopes);--> statement-breakpoint
-- Whether somebody is still there is held until the transaction ends: of a yes and a leaving at the same moment, one sees the other.
CREATE FUNCTION tally_new_authorizations() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO authorization_tallies (root_organization_id, installation_id, epoch, scopes, people)
  SELECT root_organization_id, installation_id, epoch, scopes, count(*) FROM (
    SELECT a.root_organization_id, a.installation_id, a.epoch, a.scopes
    FROM added a
    JOIN memberships m ON m.id = a.membership_id AND m.ended_at IS NULL
    JOIN users u ON u.id = a.user_id AND u.ended_at IS NULL
    WHERE a.ended_at IS NULL
    FOR SHARE OF m, u) AS standing
  GROUP BY root_organization_id, installation_id, epoch, scopes;
  RETURN null;
END $$;--> statement-breakpoint
CREATE TRIGGER authorizations_are_tallied
AFTER INSERT ON authorizations REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION tally_new_authorizations();--> statement-breakpoint
CREATE FUNCTION tally_changed_authorization() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM memberships m JOIN users u ON u.id = m.user_id
  WHERE m.id = new.membership_id AND m.ended_at IS NULL AND u.ended_at IS NULL
  FOR SHARE OF m, u;
  IF NOT found THEN
    RETURN null;
  END IF;
  INSERT INTO authorization_tallies (root_organization_id, installation_id, epoch, scopes, people)
  SELECT new.root_organization_id, new.installation_id, changed.epoch, changed.scopes, changed.people
  FROM (VALUES (old.ended_at, old.epoch, old.scopes, -1), (new.ended_at, new.epoch, new.scopes, 1))
    AS changed (ended_at, epoch, scopes, people)
  WHERE changed.ended_at IS NULL;
  RETURN null;
END $$;--> statement-breakpoint
CREATE TRIGGER changed_authorizations_are_tallied
AFTER UPDATE OF scopes, epoch, ended_at ON authorizations
FOR EACH ROW WHEN ((old.scopes, old.epoch, old.ended_at) IS DISTINCT FROM (new.scopes, new.epoch, new.ended_at))
EXECUTE FUNCTION tally_changed_authorization();--> statement-breakpoint
CREATE FUNCTION tally_places() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO authorization_tallies (root_organization_id, installation_id, epoch, scopes, people)
  SELECT a.root_organization_id, a.installation_id, a.epoch, a.scopes, CASE WHEN new.ended_at IS NULL THEN 1 ELSE -1 END
  FROM authorizations a
  JOIN users u ON u.id = a.user_id AND u.ended_at IS NULL
  WHERE a.membership_id = new.id AND a.ended_at IS NULL;
  RETURN null;
END $$;--> statement-breakpoint
CREATE TRIGGER ended_places_are_tallied
AFTER UPDATE OF ended_at ON memberships
FOR EACH ROW WHEN ((old.ended_at IS NULL) <> (new.ended_at IS NULL))
EXECUTE FUNCTION tally_places();--> statement-breakpoint
CREATE FUNCTION tally_accounts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO authorization_tallies (root_organization_id, installation_id, epoch, scopes, people)
  SELECT a.root_organization_id, a.installation_id, a.epoch, a.scopes, CASE WHEN new.ended_at IS NULL THEN 1 ELSE -1 END
  FROM authorizations a
  JOIN memberships m ON m.id = a.membership_id AND m.ended_at IS NULL
  WHERE a.user_id = new.id AND a.ended_at IS NULL;
  RETURN null;
END $$;--> statement-breakpoint
CREATE TRIGGER ended_accounts_are_tallied
AFTER UPDATE OF ended_at ON users
FOR EACH ROW WHEN ((old.ended_at IS NULL) <> (new.ended_at IS NULL))
EXECUTE FUNCTION tally_accounts();--> statement-breakpoint
INSERT INTO authorization_tallies (root_organization_id, installation_id, epoch, scopes, people)
SELECT a.root_organization_id, a.installation_id, a.epoch, a.scopes, count(*)
FROM authorizations a
JOIN memberships m ON m.id = a.membership_id AND m.ended_at IS NULL
JOIN users u ON u.id = a.user_id AND u.ended_at IS NULL
WHERE a.ended_at IS NULL
GROUP BY a.root_organization_id, a.installation_id, a.epoch, a.scopes;

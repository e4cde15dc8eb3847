-- People before their places, as whoever deletes an account holds them: the other way round, a yes and a deletion wait for each other.
CREATE OR REPLACE FUNCTION tally_new_authorizations() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM users u WHERE u.id IN (SELECT user_id FROM added WHERE ended_at IS NULL) ORDER BY u.id FOR SHARE;
  PERFORM FROM memberships m WHERE m.id IN (SELECT membership_id FROM added WHERE ended_at IS NULL) ORDER BY m.id FOR SHARE;
  INSERT INTO authorization_tallies (root_organization_id, installation_id, epoch, scopes, people)
  SELECT a.root_organization_id, a.installation_id, a.epoch, a.scopes, count(*)
  FROM added a
  JOIN memberships m ON m.id = a.membership_id AND m.ended_at IS NULL
  JOIN users u ON u.id = a.user_id AND u.ended_at IS NULL
  WHERE a.ended_at IS NULL
  GROUP BY a.root_organization_id, a.installation_id, a.epoch, a.scopes;
  RETURN null;
END $$;--> statement-breakpoint
CREATE OR REPLACE FUNCTION tally_changed_authorization() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM users u WHERE u.id = new.user_id AND u.ended_at IS NULL FOR SHARE;
  IF NOT found THEN
    RETURN null;
  END IF;
  PERFORM FROM memberships m WHERE m.id = new.membership_id AND m.ended_at IS NULL FOR SHARE;
  IF NOT found THEN
    RETURN null;
  END IF;
  INSERT INTO authorization_tallies (root_organization_id, installation_id, epoch, scopes, people)
  SELECT new.root_organization_id, new.installation_id, changed.epoch, changed.scopes, changed.people
  FROM (VALUES (old.ended_at, old.epoch, old.scopes, -1), (new.ended_at, new.epoch, new.scopes, 1))
    AS changed (ended_at, epoch, scopes, people)
  WHERE changed.ended_at IS NULL;
  RETURN null;
END $$;

-- Whoever listens on this channel hears which nouns of events happened in which root organization, once a statement: ids and
-- names of nouns alone, so that a line stays far below the 8,000 bytes it may have. What happens to an app, or to the organization
-- that publishes it, shows wherever the app is installed.
CREATE FUNCTION tell_events() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('changes', root || ' ' || string_agg(DISTINCT noun, ' '))
  FROM (
    SELECT root_organization_id AS root, split_part(name, '.', 1) AS noun FROM happened
    UNION ALL
    SELECT i.root_organization_id, 'connected-app' FROM happened h
    JOIN installations i ON i.app_id = h.app_id
    WHERE starts_with(h.name, 'connected-app.')
    UNION ALL
    SELECT i.root_organization_id, 'organization' FROM happened h
    JOIN connected_apps a ON a.root_organization_id = h.root_organization_id AND a.ended_at IS NULL
    JOIN installations i ON i.app_id = a.id
    WHERE h.name IN ('organization.updated', 'organization.suspended', 'organization.resumed')
  ) AS told
  WHERE root IS NOT NULL GROUP BY root;
  RETURN null;
END $$;--> statement-breakpoint
CREATE TRIGGER events_are_told AFTER INSERT ON events
REFERENCING NEW TABLE AS happened FOR EACH STATEMENT EXECUTE FUNCTION tell_events();--> statement-breakpoint
-- An account changes by an event of the person's home; it shows wherever the person has a place.
CREATE FUNCTION tell_accounts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('changes', root_organization_id || ' user')
  FROM memberships WHERE user_id = new.id AND ended_at IS NULL GROUP BY root_organization_id;
  RETURN null;
END $$;--> statement-breakpoint
CREATE TRIGGER accounts_are_told AFTER UPDATE OF full_name, email, deactivated_at, ended_at ON users
FOR EACH ROW WHEN ((old.full_name, old.email, old.deactivated_at, old.ended_at) IS DISTINCT FROM
  (new.full_name, new.email, new.deactivated_at, new.ended_at)) EXECUTE FUNCTION tell_accounts();

-- Whoever listens hears which events happened in which root organization, once a statement: ids and names alone, so that a line stays
-- far below the 8,000 bytes it may have. Where an app of another organization is installed, what its pages show of the app is told,
-- as `installed-app`: nothing of its secrets, keys and owners.
CREATE OR REPLACE FUNCTION tell_events() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('changes', root || ' ' || string_agg(DISTINCT word, ' '))
  FROM (
    SELECT root_organization_id AS root, name AS word FROM happened
    UNION ALL
    SELECT i.root_organization_id, 'installed-app' FROM happened h
    JOIN installations i ON i.app_id = h.app_id AND i.root_organization_id <> h.root_organization_id
    WHERE h.name IN ('connected-app.scopes-changed', 'connected-app.disabled', 'connected-app.revoked', 'connected-app.enabled',
        'connected-app.deleted')
      OR h.name = 'connected-app.updated'
        AND h.details->'changed' ?| ARRAY['name', 'description', 'website', 'redirectUris', 'audience']
    UNION ALL
    SELECT i.root_organization_id, 'installed-app' FROM happened h
    JOIN connected_apps a ON a.root_organization_id = h.root_organization_id AND a.ended_at IS NULL
    JOIN installations i ON i.app_id = a.id AND i.root_organization_id <> h.root_organization_id
    WHERE h.name IN ('organization.suspended', 'organization.resumed')
      OR h.name = 'organization.updated' AND h.organization_id = h.root_organization_id AND h.details->'changed' ? 'name'
  ) AS told
  WHERE root IS NOT NULL GROUP BY root;
  RETURN null;
END $$;--> statement-breakpoint
-- An account changes by an event of the person's home; wherever else the person has a place, that is told as `account`.
CREATE OR REPLACE FUNCTION tell_accounts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('changes', root_organization_id || ' account')
  FROM memberships WHERE user_id = new.id AND ended_at IS NULL GROUP BY root_organization_id;
  RETURN null;
END $$;

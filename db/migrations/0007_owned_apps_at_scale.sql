CREATE EXTENSION IF NOT EXISTS pg_trgm;--> statement-breakpoint
CREATE TABLE "app_search" (
	"app_id" uuid PRIMARY KEY NOT NULL,
	"words" text NOT NULL,
	"redirect_hosts" text NOT NULL,
	"facets" text[] NOT NULL,
	"secret_made_at" timestamp with time zone,
	"secret_ends_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "app_search" ADD CONSTRAINT "app_search_app_id_connected_apps_id_fk" FOREIGN KEY ("app_id") REFERENCES "public"."connected_apps"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "app_search_by_words_and_facets" ON "app_search" USING gin ("words" gin_trgm_ops,"redirect_hosts" gin_trgm_ops,"facets");--> statement-breakpoint
CREATE INDEX "app_search_by_age_of_secret" ON "app_search" USING btree ("secret_made_at");--> statement-breakpoint
CREATE INDEX "app_search_by_end_of_secret" ON "app_search" USING btree ("secret_ends_at");--> statement-breakpoint
CREATE INDEX "app_logos_by_address" ON "app_logos" USING btree ("sha256");--> statement-breakpoint
CREATE INDEX "connected_apps_of_a_root_by_last_use" ON "connected_apps" USING btree ("root_organization_id",coalesce("last_used_at", '-infinity'::timestamptz) desc,"id" DESC NULLS LAST) WHERE "connected_apps"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "connected_apps_of_a_root_by_creation" ON "connected_apps" USING btree ("root_organization_id","created_at" DESC NULLS LAST,"id" DESC NULLS LAST) WHERE "connected_apps"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "connected_apps_due_for_rotation" ON "connected_apps" USING btree ("root_organization_id",lower("name")) WHERE "connected_apps"."ended_at" is null and "connected_apps"."rotation_due_since" is not null;--> statement-breakpoint
CREATE INDEX "connected_apps_of_a_root_by_owner" ON "connected_apps" USING btree ("root_organization_id","owner_id") WHERE "connected_apps"."ended_at" is null;
--> statement-breakpoint
CREATE FUNCTION keep_app_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF new.ended_at IS NOT NULL THEN
    DELETE FROM app_search WHERE app_id = new.id;
    RETURN null;
  END IF;
  INSERT INTO app_search (app_id, words, redirect_hosts, facets, secret_ends_at)
  SELECT new.id, concat_ws(E'\n', lower(new.name), new.client_id, hosts.found), hosts.found,
    array['root:' || new.root_organization_id, 'acts-as:' || new.acts_as, 'client-type:' || new.client_type,
      'audience:' || new.audience, 'origin:' || new.origin,
      'state:' || CASE WHEN new.disabled_at IS NULL THEN 'enabled' ELSE 'disabled' END]
    || array(SELECT 'scope:' || scope FROM unnest(new.scopes) AS scope),
    CASE WHEN new.client_type = 'server' THEN '-infinity'::timestamptz END
  FROM (
    SELECT coalesce(string_agg(DISTINCT lower(split_part(split_part(uri, '://', 2), '/', 1)), E'\n'), '') AS found
    FROM unnest(new.redirect_uris) AS uri) AS hosts
  ON CONFLICT (app_id) DO UPDATE SET words = excluded.words, redirect_hosts = excluded.redirect_hosts, facets = excluded.facets;
  RETURN null;
END $$;--> statement-breakpoint
CREATE TRIGGER connected_apps_are_found
AFTER INSERT OR UPDATE OF name, client_id, redirect_uris, scopes, acts_as, client_type, audience, origin, root_organization_id,
  disabled_at, ended_at ON connected_apps
FOR EACH ROW EXECUTE FUNCTION keep_app_search();--> statement-breakpoint
-- Planned while the table is still empty, it would read all of it for each row of a large import: neither as it lies nor by the index
-- of ends, so the end is compared as that index does not.
CREATE FUNCTION keep_app_search_secrets() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
  UPDATE app_search SET secret_made_at = lasting.created_at, secret_ends_at = coalesce(lasting.ends_at, '-infinity')
  FROM (SELECT) AS always LEFT JOIN LATERAL (
    SELECT created_at, coalesce(expires_at, 'infinity') AS ends_at FROM app_secrets
    WHERE app_id = new.app_id AND coalesce(ended_at, 'infinity') = 'infinity'
    ORDER BY coalesce(expires_at, 'infinity') DESC, created_at DESC LIMIT 1) AS lasting ON true
  WHERE app_id = new.app_id;
  RETURN null;
END $$;--> statement-breakpoint
CREATE TRIGGER app_secrets_are_found
AFTER INSERT OR UPDATE OF created_at, expires_at, ended_at ON app_secrets
FOR EACH ROW EXECUTE FUNCTION keep_app_search_secrets();--> statement-breakpoint
UPDATE connected_apps SET name = name;--> statement-breakpoint
UPDATE app_secrets SET ended_at = ended_at;

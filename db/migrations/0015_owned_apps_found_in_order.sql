ALTER TABLE "app_search" ADD COLUMN "root_organization_id" uuid;--> statement-breakpoint
ALTER TABLE "app_search" ADD COLUMN "sort_name" text;--> statement-breakpoint
UPDATE "app_search" s SET "root_organization_id" = c."root_organization_id", "sort_name" = lower(c."name") FROM "connected_apps" c WHERE c."id" = s."app_id";--> statement-breakpoint
ALTER TABLE "app_search" ALTER COLUMN "root_organization_id" SET NOT NULL, ALTER COLUMN "sort_name" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "app_search" ADD CONSTRAINT "app_search_root_organization_id_organizations_id_fk" FOREIGN KEY ("root_organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "app_search_of_a_root_by_name" ON "app_search" USING btree ("root_organization_id","sort_name","app_id");--> statement-breakpoint
CREATE OR REPLACE FUNCTION keep_app_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF new.ended_at IS NOT NULL THEN
    DELETE FROM app_search WHERE app_id = new.id;
    RETURN null;
  END IF;
  INSERT INTO app_search (app_id, root_organization_id, sort_name, words, redirect_hosts, facets, secret_ends_at)
  SELECT new.id, new.root_organization_id, lower(new.name), concat_ws(E'\n', lower(new.name), new.client_id, hosts.found), hosts.found,
    array['root:' || new.root_organization_id, 'acts-as:' || new.acts_as, 'client-type:' || new.client_type,
      'audience:' || new.audience, 'origin:' || new.origin,
      'state:' || CASE WHEN new.disabled_at IS NULL THEN 'enabled' ELSE 'disabled' END]
    || array(SELECT 'scope:' || scope FROM unnest(new.scopes) AS scope),
    CASE WHEN new.client_type = 'server' THEN '-infinity'::timestamptz END
  FROM (
    SELECT coalesce(string_agg(DISTINCT lower(split_part(split_part(uri, '://', 2), '/', 1)), E'\n'), '') AS found
    FROM unnest(new.redirect_uris) AS uri) AS hosts
  ON CONFLICT (app_id) DO UPDATE SET root_organization_id = excluded.root_organization_id, sort_name = excluded.sort_name,
    words = excluded.words, redirect_hosts = excluded.redirect_hosts, facets = excluded.facets;
  RETURN null;
END $$;

DROP VIEW "public"."live_tokens";--> statement-breakpoint
ALTER TABLE "tokens" ADD COLUMN "is_jwt" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "apis" ADD COLUMN "scope_prefix" text;--> statement-breakpoint
ALTER TABLE "apis" ADD COLUMN "open_to" "app_audience" DEFAULT 'internal' NOT NULL;--> statement-breakpoint
ALTER TABLE "connected_apps" ADD COLUMN "jwts_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "scopes" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "scopes" ADD COLUMN "updated_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "scopes" ADD COLUMN "updated_by" uuid;--> statement-breakpoint
ALTER TABLE "installations" ADD COLUMN "jwts_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "scopes" ADD CONSTRAINT "scopes_updated_by_users_id_fk" FOREIGN KEY ("updated_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "scopes_that_ended" ON "scopes" USING btree ("name") WHERE "scopes"."ended_at" is not null;--> statement-breakpoint
ALTER TABLE "apis" ADD CONSTRAINT "apis_scope_prefix_is_unique" UNIQUE("scope_prefix");--> statement-breakpoint
ALTER TABLE "apis" ADD CONSTRAINT "apis_scope_prefix_is_plain" CHECK ("apis"."scope_prefix" ~ '^[a-z][a-z0-9]*([.-][a-z0-9]+)*$' and length("apis"."scope_prefix") between 2 and 40);--> statement-breakpoint
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
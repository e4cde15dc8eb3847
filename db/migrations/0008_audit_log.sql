DROP INDEX "events_of_a_root_by_moment";--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "actor_app_name" text;--> statement-breakpoint
CREATE INDEX "events_by_an_app" ON "events" USING btree ("actor_app_id","id" DESC NULLS LAST) WHERE "events"."actor_app_id" is not null;
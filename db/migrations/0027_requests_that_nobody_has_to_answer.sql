ALTER TYPE "public"."request_answer" ADD VALUE 'not-needed';--> statement-breakpoint
ALTER TYPE "public"."request_answer" ADD VALUE 'app-deleted';
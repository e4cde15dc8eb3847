CREATE TABLE "mail_tries" (
	"mail_id" uuid PRIMARY KEY NOT NULL,
	"begun_at" timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TYPE "public"."allowlist_mode" AS ENUM('unrestricted', 'restricted', 'closed');--> statement-breakpoint
CREATE TYPE "public"."entry_origin" AS ENUM('seeded', 'request', 'administrator');--> statement-breakpoint
CREATE TYPE "public"."request_answer" AS ENUM('approved', 'declined', 'withdrawn');--> statement-breakpoint
CREATE TYPE "public"."actor_kind" AS ENUM('user', 'app', 'system');--> statement-breakpoint
CREATE TYPE "public"."authorization_end" AS ENUM('removed-by-person', 'removed-by-administrator', 'membership-ended', 'account-ended', 'app-deleted');--> statement-breakpoint
CREATE TYPE "public"."family_end" AS ENUM('reuse', 'replay', 'revoked-by-app', 'removed');--> statement-breakpoint
CREATE TYPE "public"."token_kind" AS ENUM('authorization-code', 'access-token', 'refresh-token', 'client-credentials');--> statement-breakpoint
CREATE TYPE "public"."acts_as" AS ENUM('user', 'itself');--> statement-breakpoint
CREATE TYPE "public"."app_audience" AS ENUM('internal', 'everyone');--> statement-breakpoint
CREATE TYPE "public"."app_origin" AS ENUM('console', 'api', 'dynamic-registration');--> statement-breakpoint
CREATE TYPE "public"."client_type" AS ENUM('server', 'browser', 'native');--> statement-breakpoint
CREATE TYPE "public"."risk_class" AS ENUM('low', 'medium', 'high');--> statement-breakpoint
CREATE TYPE "public"."secret_source" AS ENUM('generated', 'chosen');--> statement-breakpoint
CREATE TYPE "public"."deployment_purpose" AS ENUM('production', 'demo', 'development', 'test');--> statement-breakpoint
CREATE TYPE "public"."environment_kind" AS ENUM('design', 'sandbox', 'production');--> statement-breakpoint
CREATE TYPE "public"."membership_role" AS ENUM('administrator', 'developer', 'member');--> statement-breakpoint
CREATE TYPE "public"."session_end" AS ENUM('signed-out', 'signed-in-again', 'password-changed', 'revoked', 'account-ended');--> statement-breakpoint
CREATE TABLE "allowlist_entries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"root_organization_id" uuid NOT NULL,
	"app_id" uuid NOT NULL,
	"scopes" text[] NOT NULL,
	"origin" "entry_origin" NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_by" uuid,
	"ended_at" timestamp with time zone,
	"ended_by" uuid
);
--> statement-breakpoint
CREATE TABLE "allowlists" (
	"root_organization_id" uuid PRIMARY KEY NOT NULL,
	"mode" "allowlist_mode" DEFAULT 'unrestricted' NOT NULL,
	"internal_auto_approval" boolean DEFAULT true NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_by" uuid
);
--> statement-breakpoint
CREATE TABLE "approval_requesters" (
	"request_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	"requested_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "approval_requesters_pk" PRIMARY KEY("request_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "approval_requests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"root_organization_id" uuid NOT NULL,
	"app_id" uuid NOT NULL,
	"scopes" text[] NOT NULL,
	"app_name_seen" text NOT NULL,
	"publisher_seen" text NOT NULL,
	"redirect_hosts_seen" text[] NOT NULL,
	"drafted_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"requested_at" timestamp with time zone,
	"expires_at" timestamp with time zone NOT NULL,
	"answer" "request_answer",
	"answered_at" timestamp with time zone,
	"answered_by" uuid,
	"answer_reason" text,
	CONSTRAINT "approval_requests_answer_has_a_moment" CHECK (("approval_requests"."answer" is null) = ("approval_requests"."answered_at" is null))
);
--> statement-breakpoint
CREATE TABLE "events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"occurred_at" timestamp with time zone DEFAULT now() NOT NULL,
	"name" text NOT NULL,
	"root_organization_id" uuid,
	"organization_id" uuid,
	"actor_kind" "actor_kind" NOT NULL,
	"actor_user_id" uuid,
	"actor_app_id" uuid,
	"actor_name" text NOT NULL,
	"app_id" uuid,
	"subject_id" text,
	"subject_name" text NOT NULL,
	"details" jsonb NOT NULL,
	"ip" "inet",
	"request_id" text
);
--> statement-breakpoint
CREATE TABLE "authorizations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"installation_id" uuid NOT NULL,
	"root_organization_id" uuid NOT NULL,
	"app_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"membership_id" uuid NOT NULL,
	"scopes" text[] NOT NULL,
	"epoch" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ip" "inet",
	"user_agent" text,
	"last_used_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"ended_by" uuid,
	"ended_reason" "authorization_end"
);
--> statement-breakpoint
CREATE TABLE "organization_choices" (
	"user_id" uuid NOT NULL,
	"app_id" uuid NOT NULL,
	"root_organization_id" uuid NOT NULL,
	"chosen_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "organization_choices_pk" PRIMARY KEY("user_id","app_id")
);
--> statement-breakpoint
CREATE TABLE "protocol_records" (
	"model" text NOT NULL,
	"id_hash" "bytea" NOT NULL,
	"uid_hash" "bytea",
	"user_code_hash" "bytea",
	"session_id" uuid,
	"sealed_payload" "bytea" NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"consumed_at" timestamp with time zone,
	CONSTRAINT "protocol_records_pk" PRIMARY KEY("model","id_hash")
);
--> statement-breakpoint
CREATE TABLE "token_families" (
	"id" uuid PRIMARY KEY NOT NULL,
	"authorization_id" uuid NOT NULL,
	"scopes" text[] NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ip" "inet",
	"user_agent" text,
	"last_used_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"ended_reason" "family_end"
);
--> statement-breakpoint
CREATE TABLE "tokens" (
	"hash" "bytea" PRIMARY KEY NOT NULL,
	"kind" "token_kind" NOT NULL,
	"app_id" uuid NOT NULL,
	"family_id" uuid,
	"app_epoch" integer,
	"payload" jsonb NOT NULL,
	"issued_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"consumed_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	CONSTRAINT "tokens_hang_on_a_family_or_on_an_app" CHECK (("tokens"."family_id" is null) = ("tokens"."app_epoch" is not null))
);
--> statement-breakpoint
CREATE TABLE "apis" (
	"id" uuid PRIMARY KEY NOT NULL,
	"root_organization_id" uuid,
	"name" text NOT NULL,
	"audience" text NOT NULL,
	"resource_server_app_id" uuid,
	CONSTRAINT "apis_audience_is_unique" UNIQUE("audience")
);
--> statement-breakpoint
CREATE TABLE "app_contexts" (
	"app_id" uuid NOT NULL,
	"scope" text NOT NULL,
	"organization_id" uuid NOT NULL,
	"environment_id" uuid,
	CONSTRAINT "app_contexts_are_named_once" UNIQUE NULLS NOT DISTINCT("app_id","scope","organization_id","environment_id")
);
--> statement-breakpoint
CREATE TABLE "app_secrets" (
	"id" uuid PRIMARY KEY NOT NULL,
	"app_id" uuid NOT NULL,
	"name" text NOT NULL,
	"hash" "bytea" NOT NULL,
	"last_four" text NOT NULL,
	"source" "secret_source" NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"ended_by" uuid,
	"last_used_at" timestamp with time zone,
	"last_used_ip" "inet"
);
--> statement-breakpoint
CREATE TABLE "connected_apps" (
	"id" uuid PRIMARY KEY NOT NULL,
	"client_id" text NOT NULL,
	"organization_id" uuid NOT NULL,
	"root_organization_id" uuid NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"website" text,
	"acts_as" "acts_as" NOT NULL,
	"client_type" "client_type" NOT NULL,
	"grant_types" text[] NOT NULL,
	"redirect_uris" text[] DEFAULT '{}' NOT NULL,
	"initiate_login_uri" text,
	"audience" "app_audience" DEFAULT 'internal' NOT NULL,
	"scopes" text[] DEFAULT '{}' NOT NULL,
	"requires_pkce" boolean DEFAULT true NOT NULL,
	"introspects_organization" boolean DEFAULT false NOT NULL,
	"origin" "app_origin" DEFAULT 'console' NOT NULL,
	"registered_by_app_id" uuid,
	"created_by" uuid,
	"owner_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_by" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"epoch" integer DEFAULT 0 NOT NULL,
	"rotation_due_since" timestamp with time zone,
	"last_used_at" timestamp with time zone,
	"disabled_at" timestamp with time zone,
	"disabled_by" uuid,
	"ended_at" timestamp with time zone,
	"ended_by" uuid,
	CONSTRAINT "connected_apps_client_id_is_unique" UNIQUE("client_id"),
	CONSTRAINT "connected_apps_name_is_trimmed_and_short" CHECK ("connected_apps"."name" = btrim("connected_apps"."name") and length("connected_apps"."name") between 1 and 100),
	CONSTRAINT "connected_apps_only_servers_act_for_themselves" CHECK ("connected_apps"."acts_as" = 'user' or "connected_apps"."client_type" = 'server'),
	CONSTRAINT "connected_apps_public_clients_use_pkce" CHECK ("connected_apps"."requires_pkce" or "connected_apps"."client_type" = 'server'),
	CONSTRAINT "connected_apps_at_most_1000_scopes" CHECK (cardinality("connected_apps"."scopes") <= 1000),
	CONSTRAINT "connected_apps_at_most_100_redirect_uris" CHECK (cardinality("connected_apps"."redirect_uris") <= 100)
);
--> statement-breakpoint
CREATE TABLE "scopes" (
	"name" text PRIMARY KEY NOT NULL,
	"api_id" uuid NOT NULL,
	"title" text NOT NULL,
	"description" text NOT NULL,
	"risk" "risk_class" NOT NULL,
	"needs_organization" boolean DEFAULT false NOT NULL,
	"needs_environment" boolean DEFAULT false NOT NULL,
	CONSTRAINT "scopes_name_is_a_scope_token" CHECK ("scopes"."name" ~ '^[\x21\x23-\x5B\x5D-\x7E]{1,100}$')
);
--> statement-breakpoint
CREATE TABLE "deployment" (
	"only_row" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"purpose" "deployment_purpose" NOT NULL,
	"sealed_check" "bytea" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "deployment_has_one_row" CHECK ("deployment"."only_row")
);
--> statement-breakpoint
CREATE TABLE "setup_codes" (
	"code_hash" "bytea" PRIMARY KEY NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"failed_attempts" integer DEFAULT 0 NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "installations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"root_organization_id" uuid NOT NULL,
	"app_id" uuid NOT NULL,
	"epoch" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_used_at" timestamp with time zone,
	"frozen_at" timestamp with time zone,
	"frozen_by" uuid,
	"blocked_at" timestamp with time zone,
	"blocked_by" uuid,
	CONSTRAINT "installations_once_per_root_organization" UNIQUE("root_organization_id","app_id")
);
--> statement-breakpoint
CREATE TABLE "environments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" uuid NOT NULL,
	"name" text NOT NULL,
	"kind" "environment_kind" NOT NULL,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "memberships" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"organization_id" uuid NOT NULL,
	"root_organization_id" uuid NOT NULL,
	"role" "membership_role" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone,
	"ended_by" uuid,
	"ended_reason" text
);
--> statement-breakpoint
CREATE TABLE "organization_ancestors" (
	"organization_id" uuid NOT NULL,
	"ancestor_id" uuid NOT NULL,
	"depth" integer NOT NULL,
	CONSTRAINT "organization_ancestors_pk" PRIMARY KEY("organization_id","ancestor_id")
);
--> statement-breakpoint
CREATE TABLE "organizations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"parent_id" uuid,
	"root_organization_id" uuid NOT NULL,
	"owner_id" uuid,
	"website" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"suspended_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	CONSTRAINT "organizations_root_has_an_owner_and_no_parent" CHECK (("organizations"."parent_id" is null) = ("organizations"."id" = "organizations"."root_organization_id") and ("organizations"."parent_id" is null) = ("organizations"."owner_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "signing_keys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"algorithm" text NOT NULL,
	"public_jwk" jsonb NOT NULL,
	"sealed_private_jwk" "bytea" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"retired_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"authenticated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"authentication_methods" text[] NOT NULL,
	"ip" "inet",
	"user_agent" text,
	"last_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"ended_reason" "session_end"
);
--> statement-breakpoint
CREATE TABLE "sign_in_throttles" (
	"key_hash" "bytea" PRIMARY KEY NOT NULL,
	"failures" integer NOT NULL,
	"window_started_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY NOT NULL,
	"username" text NOT NULL,
	"email" text NOT NULL,
	"full_name" text NOT NULL,
	"password_hash" text,
	"home_organization_id" uuid,
	"operator_since" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"deactivated_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"ended_reason" text,
	CONSTRAINT "users_email_has_an_at_sign" CHECK ("users"."email" like '%_@_%')
);
--> statement-breakpoint
ALTER TABLE "allowlist_entries" ADD CONSTRAINT "allowlist_entries_root_organization_id_organizations_id_fk" FOREIGN KEY ("root_organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "allowlist_entries" ADD CONSTRAINT "allowlist_entries_app_id_connected_apps_id_fk" FOREIGN KEY ("app_id") REFERENCES "public"."connected_apps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "allowlist_entries" ADD CONSTRAINT "allowlist_entries_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "allowlist_entries" ADD CONSTRAINT "allowlist_entries_updated_by_users_id_fk" FOREIGN KEY ("updated_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "allowlist_entries" ADD CONSTRAINT "allowlist_entries_ended_by_users_id_fk" FOREIGN KEY ("ended_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "allowlists" ADD CONSTRAINT "allowlists_root_organization_id_organizations_id_fk" FOREIGN KEY ("root_organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "allowlists" ADD CONSTRAINT "allowlists_updated_by_users_id_fk" FOREIGN KEY ("updated_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approval_requesters" ADD CONSTRAINT "approval_requesters_request_id_approval_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."approval_requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approval_requesters" ADD CONSTRAINT "approval_requesters_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approval_requests" ADD CONSTRAINT "approval_requests_root_organization_id_organizations_id_fk" FOREIGN KEY ("root_organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approval_requests" ADD CONSTRAINT "approval_requests_app_id_connected_apps_id_fk" FOREIGN KEY ("app_id") REFERENCES "public"."connected_apps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approval_requests" ADD CONSTRAINT "approval_requests_drafted_by_users_id_fk" FOREIGN KEY ("drafted_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approval_requests" ADD CONSTRAINT "approval_requests_answered_by_users_id_fk" FOREIGN KEY ("answered_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "authorizations" ADD CONSTRAINT "authorizations_installation_id_installations_id_fk" FOREIGN KEY ("installation_id") REFERENCES "public"."installations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "authorizations" ADD CONSTRAINT "authorizations_root_organization_id_organizations_id_fk" FOREIGN KEY ("root_organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "authorizations" ADD CONSTRAINT "authorizations_app_id_connected_apps_id_fk" FOREIGN KEY ("app_id") REFERENCES "public"."connected_apps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "authorizations" ADD CONSTRAINT "authorizations_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "authorizations" ADD CONSTRAINT "authorizations_membership_id_memberships_id_fk" FOREIGN KEY ("membership_id") REFERENCES "public"."memberships"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "authorizations" ADD CONSTRAINT "authorizations_ended_by_users_id_fk" FOREIGN KEY ("ended_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_choices" ADD CONSTRAINT "organization_choices_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_choices" ADD CONSTRAINT "organization_choices_app_id_connected_apps_id_fk" FOREIGN KEY ("app_id") REFERENCES "public"."connected_apps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_choices" ADD CONSTRAINT "organization_choices_root_organization_id_organizations_id_fk" FOREIGN KEY ("root_organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "protocol_records" ADD CONSTRAINT "protocol_records_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "token_families" ADD CONSTRAINT "token_families_authorization_id_authorizations_id_fk" FOREIGN KEY ("authorization_id") REFERENCES "public"."authorizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_app_id_connected_apps_id_fk" FOREIGN KEY ("app_id") REFERENCES "public"."connected_apps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_family_id_token_families_id_fk" FOREIGN KEY ("family_id") REFERENCES "public"."token_families"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "apis" ADD CONSTRAINT "apis_root_organization_id_organizations_id_fk" FOREIGN KEY ("root_organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "apis" ADD CONSTRAINT "apis_resource_server_app_id_connected_apps_id_fk" FOREIGN KEY ("resource_server_app_id") REFERENCES "public"."connected_apps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app_contexts" ADD CONSTRAINT "app_contexts_app_id_connected_apps_id_fk" FOREIGN KEY ("app_id") REFERENCES "public"."connected_apps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app_contexts" ADD CONSTRAINT "app_contexts_scope_scopes_name_fk" FOREIGN KEY ("scope") REFERENCES "public"."scopes"("name") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app_contexts" ADD CONSTRAINT "app_contexts_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app_contexts" ADD CONSTRAINT "app_contexts_environment_id_environments_id_fk" FOREIGN KEY ("environment_id") REFERENCES "public"."environments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app_secrets" ADD CONSTRAINT "app_secrets_app_id_connected_apps_id_fk" FOREIGN KEY ("app_id") REFERENCES "public"."connected_apps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app_secrets" ADD CONSTRAINT "app_secrets_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app_secrets" ADD CONSTRAINT "app_secrets_ended_by_users_id_fk" FOREIGN KEY ("ended_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connected_apps" ADD CONSTRAINT "connected_apps_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connected_apps" ADD CONSTRAINT "connected_apps_root_organization_id_organizations_id_fk" FOREIGN KEY ("root_organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connected_apps" ADD CONSTRAINT "connected_apps_registered_by_app_id_connected_apps_id_fk" FOREIGN KEY ("registered_by_app_id") REFERENCES "public"."connected_apps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connected_apps" ADD CONSTRAINT "connected_apps_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connected_apps" ADD CONSTRAINT "connected_apps_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connected_apps" ADD CONSTRAINT "connected_apps_updated_by_users_id_fk" FOREIGN KEY ("updated_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connected_apps" ADD CONSTRAINT "connected_apps_disabled_by_users_id_fk" FOREIGN KEY ("disabled_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connected_apps" ADD CONSTRAINT "connected_apps_ended_by_users_id_fk" FOREIGN KEY ("ended_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scopes" ADD CONSTRAINT "scopes_api_id_apis_id_fk" FOREIGN KEY ("api_id") REFERENCES "public"."apis"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "installations" ADD CONSTRAINT "installations_root_organization_id_organizations_id_fk" FOREIGN KEY ("root_organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "installations" ADD CONSTRAINT "installations_app_id_connected_apps_id_fk" FOREIGN KEY ("app_id") REFERENCES "public"."connected_apps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "installations" ADD CONSTRAINT "installations_frozen_by_users_id_fk" FOREIGN KEY ("frozen_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "installations" ADD CONSTRAINT "installations_blocked_by_users_id_fk" FOREIGN KEY ("blocked_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "environments" ADD CONSTRAINT "environments_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_root_organization_id_organizations_id_fk" FOREIGN KEY ("root_organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_ended_by_users_id_fk" FOREIGN KEY ("ended_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_ancestors" ADD CONSTRAINT "organization_ancestors_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_ancestors" ADD CONSTRAINT "organization_ancestors_ancestor_id_organizations_id_fk" FOREIGN KEY ("ancestor_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organizations" ADD CONSTRAINT "organizations_parent_id_organizations_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organizations" ADD CONSTRAINT "organizations_root_organization_id_organizations_id_fk" FOREIGN KEY ("root_organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organizations" ADD CONSTRAINT "organizations_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_home_organization_id_organizations_id_fk" FOREIGN KEY ("home_organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "allowlist_entries_once_per_app" ON "allowlist_entries" USING btree ("root_organization_id","app_id") WHERE "allowlist_entries"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "allowlist_entries_of_an_app" ON "allowlist_entries" USING btree ("app_id");--> statement-breakpoint
CREATE INDEX "approval_requesters_of_a_user" ON "approval_requesters" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "approval_requests_once_per_scope_set" ON "approval_requests" USING btree ("root_organization_id","app_id",hash_array_extended("scopes", 0)) WHERE "approval_requests"."answered_at" is null;--> statement-breakpoint
CREATE INDEX "approval_requests_waiting" ON "approval_requests" USING btree ("root_organization_id","requested_at" DESC NULLS LAST) WHERE "approval_requests"."answered_at" is null and "approval_requests"."requested_at" is not null;--> statement-breakpoint
CREATE INDEX "approval_requests_of_an_app" ON "approval_requests" USING btree ("app_id");--> statement-breakpoint
CREATE INDEX "approval_requests_drafted_by" ON "approval_requests" USING btree ("drafted_by","created_at");--> statement-breakpoint
CREATE INDEX "events_of_a_root" ON "events" USING btree ("root_organization_id","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "events_about_an_app" ON "events" USING btree ("app_id","id" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "authorizations_once_per_membership_and_epoch" ON "authorizations" USING btree ("installation_id","membership_id","epoch") WHERE "authorizations"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "authorizations_live_by_scopes" ON "authorizations" USING btree ("installation_id","epoch",hash_array_extended("scopes", 0)) WHERE "authorizations"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "authorizations_live_by_last_use" ON "authorizations" USING btree ("installation_id","epoch","last_used_at" DESC NULLS LAST,"id" DESC NULLS LAST) WHERE "authorizations"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "authorizations_of_a_user" ON "authorizations" USING btree ("user_id","root_organization_id");--> statement-breakpoint
CREATE INDEX "authorizations_of_a_root" ON "authorizations" USING btree ("root_organization_id");--> statement-breakpoint
CREATE INDEX "authorizations_of_an_app" ON "authorizations" USING btree ("app_id");--> statement-breakpoint
CREATE INDEX "authorizations_of_a_membership" ON "authorizations" USING btree ("membership_id");--> statement-breakpoint
CREATE INDEX "organization_choices_of_an_app" ON "organization_choices" USING btree ("app_id");--> statement-breakpoint
CREATE INDEX "organization_choices_of_a_root" ON "organization_choices" USING btree ("root_organization_id");--> statement-breakpoint
CREATE INDEX "protocol_records_by_uid" ON "protocol_records" USING btree ("uid_hash") WHERE "protocol_records"."uid_hash" is not null;--> statement-breakpoint
CREATE INDEX "protocol_records_by_user_code" ON "protocol_records" USING btree ("user_code_hash") WHERE "protocol_records"."user_code_hash" is not null;--> statement-breakpoint
CREATE INDEX "protocol_records_of_a_session" ON "protocol_records" USING btree ("session_id") WHERE "protocol_records"."session_id" is not null;--> statement-breakpoint
CREATE INDEX "protocol_records_by_expiry" ON "protocol_records" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "token_families_of_an_authorization" ON "token_families" USING btree ("authorization_id","created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "tokens_of_a_family" ON "tokens" USING btree ("family_id");--> statement-breakpoint
CREATE INDEX "tokens_of_an_app" ON "tokens" USING btree ("app_id");--> statement-breakpoint
CREATE INDEX "tokens_by_expiry" ON "tokens" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "apis_of_a_root" ON "apis" USING btree ("root_organization_id");--> statement-breakpoint
CREATE INDEX "apis_of_a_resource_server" ON "apis" USING btree ("resource_server_app_id");--> statement-breakpoint
CREATE INDEX "app_contexts_of_an_organization" ON "app_contexts" USING btree ("organization_id");--> statement-breakpoint
CREATE INDEX "app_contexts_of_a_scope" ON "app_contexts" USING btree ("scope");--> statement-breakpoint
CREATE INDEX "app_contexts_of_an_environment" ON "app_contexts" USING btree ("environment_id");--> statement-breakpoint
CREATE INDEX "app_secrets_of_an_app" ON "app_secrets" USING btree ("app_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "app_secrets_are_never_used_twice" ON "app_secrets" USING btree ("app_id","hash");--> statement-breakpoint
CREATE INDEX "app_secrets_by_author" ON "app_secrets" USING btree ("created_by");--> statement-breakpoint
CREATE UNIQUE INDEX "connected_apps_name_per_root_organization" ON "connected_apps" USING btree ("root_organization_id",lower("name")) WHERE "connected_apps"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "connected_apps_of_a_root_by_name" ON "connected_apps" USING btree ("root_organization_id",lower("name"),"id") WHERE "connected_apps"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "connected_apps_of_an_organization" ON "connected_apps" USING btree ("organization_id") WHERE "connected_apps"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "connected_apps_of_an_owner" ON "connected_apps" USING btree ("owner_id");--> statement-breakpoint
CREATE INDEX "connected_apps_of_a_registering_app" ON "connected_apps" USING btree ("registered_by_app_id") WHERE "connected_apps"."registered_by_app_id" is not null;--> statement-breakpoint
CREATE INDEX "connected_apps_by_creator" ON "connected_apps" USING btree ("created_by");--> statement-breakpoint
CREATE INDEX "scopes_of_an_api" ON "scopes" USING btree ("api_id");--> statement-breakpoint
CREATE INDEX "installations_of_an_app" ON "installations" USING btree ("app_id");--> statement-breakpoint
CREATE INDEX "installations_of_a_root_by_last_use" ON "installations" USING btree ("root_organization_id","last_used_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "environments_name_is_unique_in_its_organization" ON "environments" USING btree ("organization_id",lower("name")) WHERE "environments"."ended_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "memberships_once_per_organization" ON "memberships" USING btree ("user_id","organization_id") WHERE "memberships"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "memberships_of_an_organization" ON "memberships" USING btree ("organization_id","role") WHERE "memberships"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "memberships_of_a_root" ON "memberships" USING btree ("root_organization_id","user_id");--> statement-breakpoint
CREATE INDEX "memberships_by_who_ended_them" ON "memberships" USING btree ("ended_by") WHERE "memberships"."ended_by" is not null;--> statement-breakpoint
CREATE INDEX "organization_ancestors_downwards" ON "organization_ancestors" USING btree ("ancestor_id","organization_id");--> statement-breakpoint
CREATE UNIQUE INDEX "organizations_name_is_unique_among_siblings" ON "organizations" USING btree ("parent_id",lower("name")) WHERE "organizations"."ended_at" is null and "organizations"."parent_id" is not null;--> statement-breakpoint
CREATE INDEX "organizations_of_a_root" ON "organizations" USING btree ("root_organization_id");--> statement-breakpoint
CREATE INDEX "organizations_of_an_owner" ON "organizations" USING btree ("owner_id");--> statement-breakpoint
CREATE INDEX "sessions_of_a_user" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sessions_by_expiry" ON "sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "users_username_is_unique" ON "users" USING btree (lower("username")) WHERE "users"."ended_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "users_email_is_unique" ON "users" USING btree (lower("email")) WHERE "users"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "users_by_name" ON "users" USING btree ("full_name","id");--> statement-breakpoint
CREATE INDEX "users_by_home_organization" ON "users" USING btree ("home_organization_id");--> statement-breakpoint
CREATE VIEW "public"."live_authorizations" AS (
  select a.id, a.installation_id, a.root_organization_id, a.app_id, a.user_id, a.scopes, a.created_at, a.last_used_at,
    (i.frozen_at is not null or i.blocked_at is not null or u.deactivated_at is not null
      or (c.audience = 'internal' and c.root_organization_id <> a.root_organization_id)) as is_held
  from authorizations a
  join installations i on i.id = a.installation_id and i.epoch = a.epoch
  join users u on u.id = a.user_id and u.ended_at is null
  join memberships m on m.id = a.membership_id and m.ended_at is null
  join connected_apps c on c.id = a.app_id and c.ended_at is null
  where a.ended_at is null);--> statement-breakpoint
CREATE VIEW "public"."live_tokens" AS (
  select t.hash, t.kind, t.app_id, t.family_id, l.id as authorization_id, l.installation_id, l.user_id,
    r.id as root_organization_id, t.payload, t.issued_at, t.expires_at, t.consumed_at
  from tokens t
  join connected_apps c on c.id = t.app_id and c.ended_at is null and c.disabled_at is null
  left join token_families f on f.id = t.family_id and f.ended_at is null
  left join live_authorizations l on l.id = f.authorization_id and not l.is_held
  join organizations r on r.id = coalesce(l.root_organization_id, c.root_organization_id)
    and r.suspended_at is null and r.ended_at is null
  where t.ended_at is null and t.expires_at > now()
    and case when t.family_id is null then t.app_epoch = c.epoch else l.id is not null end);
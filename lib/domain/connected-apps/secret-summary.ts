import { type SQL, sql } from 'drizzle-orm'
import { connectedApps } from '#db/schema/connected-apps'
import { OVERLAP_HOURS } from './credentials-schema.ts'

const OVERLAP_HOURS_MAX = Math.max(...OVERLAP_HOURS)

/** The live secrets of an app in a word or two, for a row of a list; moments as ISO text. */
export type SecretSummary = {
  live: number
  newestAt: string | null
  /** When the first of them ends; null when none has an end. */
  firstEndsAt: string | null
  /** How many were never used though they have been there for longer than any overlap: after a rotation the new one may still wait for its turn. */
  unused: number
}

/** For a statement over `connected_apps`. */
export function secretSummary(): SQL<SecretSummary> {
  return sql<SecretSummary>`(
    select jsonb_build_object('live', count(*), 'newestAt', max(s.created_at), 'firstEndsAt', min(s.expires_at),
      'unused', count(*) filter (where s.last_used_at is null
        and s.created_at < now() - make_interval(hours => ${OVERLAP_HOURS_MAX})))
    from app_secrets s
    where s.app_id = ${connectedApps.id} and s.ended_at is null and (s.expires_at is null or s.expires_at > now()))`
}

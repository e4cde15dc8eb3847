import { sql } from 'drizzle-orm'
import { type Transaction, transaction } from '#db/client'
import { type Id, idOf } from '../../base/ids.ts'
import { queueMail } from '../mail/queue-mail.ts'
import { type Expiring, expiryMail } from './expiry-mail.ts'
import { NOTICE_DAYS } from './secret-life.ts'

/**
 * Writes to owners of apps whose secrets and keys end soon: at 90, 60, 30, 15, 7 and 1 day, each once, however many
 * processes look at the same moment; all of one owner in one organization in one mail. Nothing is said of one that a newer
 * secret or key has taken over: it lives longer, and was used since. To whoever owns the root organization where
 * the owner's account is closed. Returns how many mails.
 */
export async function tellExpiring(): Promise<number> {
  return transaction(async (tx) => {
    const told = [
      ...(await markTold(tx, 'secret', sql`app_secrets`, sql`t.last_four`)),
      ...(await markTold(tx, 'key', sql`app_keys`, sql`t.kid`)),
    ]
    const mails = Map.groupBy(told, (row) => `${row.email} ${row.rootId}`)
    for (const rows of mails.values()) {
      const [first] = rows
      if (!first) continue
      await queueMail(tx, {
        kind: 'expiry-notice',
        to: first.email,
        rootOrganizationId: first.rootId,
        ...expiryMail({ to: first.fullName, organization: first.rootName, expiring: rows }),
      })
    }
    return mails.size
  })
}

type Row = Expiring & { email: string; fullName: string; rootId: Id<'organization'>; rootName: string }
type Found = {
  name: string
  mark: string
  app: string
  appId: string
  organizationId: string
  expiresAt: string
  lastUsedAt: string | null
  email: string
  fullName: string
  rootId: string
  rootName: string
}

const NOTICES = sql.raw(`unnest(array[${NOTICE_DAYS.join(', ')}])`)

/** Marks in the order of their ids, so that two processes never wait for each other in a circle; who comes second finds them marked. */
async function markTold(
  tx: Transaction,
  kind: Expiring['kind'],
  table: ReturnType<typeof sql>,
  mark: ReturnType<typeof sql>,
): Promise<Row[]> {
  const due = sql`(select min(days) from ${NOTICES} as days where t.expires_at <= now() + make_interval(days => days))`
  const isDue = sql`t.ended_at is null and t.expires_at > now()
    and t.expires_at <= now() + make_interval(days => ${Math.max(...NOTICE_DAYS)})
    and (t.expiry_told_days is null or t.expiry_told_days > ${due})`
  const found = await tx.execute<Found>(sql`
    with due as materialized (
      select t.id from ${table} t
      join connected_apps c on c.id = t.app_id and c.ended_at is null
      join organizations r on r.id = c.root_organization_id and r.ended_at is null and r.suspended_at is null
      where ${isDue} and not exists (${takenOver})
      order by t.id for update of t)
    update ${table} t set expiry_told_days = ${due}
    from due, connected_apps c
      join organizations r on r.id = c.root_organization_id
      join users owner on owner.id = c.owner_id
      left join users instead on instead.id = r.owner_id and (owner.ended_at is not null or owner.deactivated_at is not null)
    where t.id = due.id and c.id = t.app_id and ${isDue}
    returning t.name, ${mark} as mark, c.name as app, c.id as "appId", c.organization_id as "organizationId",
      t.expires_at as "expiresAt", t.last_used_at as "lastUsedAt", coalesce(instead.email, owner.email) as email,
      coalesce(instead.full_name, owner.full_name) as "fullName", r.id as "rootId", r.name as "rootName"`)
  return found.map((row) => ({
    ...row,
    kind,
    appId: idOf('app', row.appId),
    organizationId: idOf('organization', row.organizationId),
    rootId: idOf('organization', row.rootId),
    expiresAt: new Date(row.expiresAt),
    lastUsedAt: row.lastUsedAt === null ? null : new Date(row.lastUsedAt),
  }))
}

const takenOver = sql`
  select from (
    select app_id, created_at, expires_at, last_used_at, ended_at from app_secrets
    union all select app_id, created_at, expires_at, last_used_at, ended_at from app_keys) other
  where other.app_id = t.app_id and other.created_at > t.created_at and other.ended_at is null
    and (other.expires_at is null or other.expires_at > t.expires_at)
    and (t.last_used_at is null or other.last_used_at > t.last_used_at)`

import { type SQL, sql } from 'drizzle-orm'
import { database, type Transaction, transaction } from '#db/client'
import { type Id, idOf } from '../../base/ids.ts'
import type { Mail } from '../mail/queue-mail.ts'
import { queueMails } from '../mail/queue-mails.ts'
import { type Expiring, expiryMail } from './expiry-mail.ts'
import { NOTICE_DAYS } from './secret-life.ts'

/** So few that locks are held for moments, so many that all owners of a large installation are a few hundred transactions. */
const MAILS_AT_ONCE = 100

/**
 * Writes to owners of apps whose secrets and keys end soon: at 90, 60, 30, 15, 7 and 1 day, each once, however many
 * processes look at the same moment; all of one owner in one organization in one mail. Nothing is said of one that a newer
 * secret or key has taken over: it lives longer, and was used since. To whoever owns the root organization where
 * the owner's account is closed. Some mails a transaction: who breaks off has told those, and whoever looks next tells
 * the others. Returns how many mails.
 */
export async function tellExpiring({ mailsAtOnce = MAILS_AT_ONCE } = {}): Promise<number> {
  const due = (await Promise.all(KINDS.map(findDue))).flat()
  const byMail = [...Map.groupBy(due, ({ rootId, toId }) => `${rootId} ${toId}`)].sort(([a], [b]) =>
    a < b ? -1 : 1,
  )
  let mails = 0
  for (let at = 0; at < byMail.length; at += mailsAtOnce) {
    const some = byMail.slice(at, at + mailsAtOnce).flatMap(([, rows]) => rows.map(({ id }) => id))
    mails += await transaction((tx) => tellOf(tx, some))
  }
  return mails
}

/** Tells of these, as far as they are due still: nobody else told of them meanwhile, and nobody ended them. */
async function tellOf(tx: Transaction, ids: readonly string[]): Promise<number> {
  const told: Row[] = []
  for (const kind of KINDS) told.push(...(await markTold(tx, kind, ids)))
  const mails = [...Map.groupBy(told, (row) => `${row.email} ${row.rootId}`).values()].flatMap(mailOf)
  await queueMails(tx, mails)
  return mails.length
}

function mailOf(expiring: readonly Row[]): Mail[] {
  const [first] = expiring
  if (!first) return []
  const { email, fullName, rootId, rootName } = first
  return [
    {
      kind: 'expiry-notice',
      to: email,
      rootOrganizationId: rootId,
      ...expiryMail({ to: fullName, organization: rootName, expiring }),
    },
  ]
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

const KINDS = ['secret', 'key'] as const
const TABLE = { secret: sql`app_secrets`, key: sql`app_keys` }
const MARK = { secret: sql`t.last_four`, key: sql`t.kid` }

const NOTICES = sql.raw(`unnest(array[${NOTICE_DAYS.join(', ')}])`)
const NOTICE_DUE = sql`(select min(days) from ${NOTICES} as days where t.expires_at <= now() + make_interval(days => days))`
const IS_DUE = sql`t.ended_at is null and t.expires_at > now()
  and t.expires_at <= now() + make_interval(days => ${Math.max(...NOTICE_DAYS)})
  and (t.expiry_told_days is null or t.expiry_told_days > ${NOTICE_DUE})`

/** Of an app `c` in a root organization `r`: who owns it, and who is told `instead` where that account is closed. */
const WHOM = sql`join users owner on owner.id = c.owner_id
  left join users instead on instead.id = r.owner_id and (owner.ended_at is not null or owner.deactivated_at is not null)`

/** What is due in the rows `t` of a kind, whoever may be at it. */
function dueOf(kind: Expiring['kind']): SQL {
  return sql`from ${TABLE[kind]} t
    join connected_apps c on c.id = t.app_id and c.ended_at is null
    join organizations r on r.id = c.root_organization_id and r.ended_at is null and r.suspended_at is null`
}

/** What is due, with whom a mail goes to: what goes into one mail is told in one transaction. */
function findDue(kind: Expiring['kind']): PromiseLike<{ id: string; rootId: string; toId: string }[]> {
  return database().execute<{ id: string; rootId: string; toId: string }>(sql`
    select t.id, r.id as "rootId", coalesce(instead.id, owner.id) as "toId"
    ${dueOf(kind)} ${WHOM} where ${IS_DUE} and not exists (${takenOver})`)
}

/** Marks in the order of their ids, so that two processes never wait for each other in a circle; who comes second finds them marked. */
async function markTold(tx: Transaction, kind: Expiring['kind'], ids: readonly string[]): Promise<Row[]> {
  const found = await tx.execute<Found>(sql`
    with due as materialized (
      select t.id ${dueOf(kind)}
      where t.id = any(${sql.param(ids)}::uuid[]) and ${IS_DUE} and not exists (${takenOver})
      order by t.id for update of t)
    update ${TABLE[kind]} t set expiry_told_days = ${NOTICE_DUE}
    from due, connected_apps c
      join organizations r on r.id = c.root_organization_id
      ${WHOM}
    where t.id = due.id and c.id = t.app_id and ${IS_DUE}
    returning t.name, ${MARK[kind]} as mark, c.name as app, c.id as "appId", c.organization_id as "organizationId",
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

import { and, eq, gt, inArray, isNull, lte, notInArray, or, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { appSecrets, connectedApps } from '#db/schema/connected-apps'
import type { Id } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'
import { record } from '../audit/record.ts'
import { type Actor, personOf } from '../permissions/actor.ts'
import { NO_SECRET_SENTENCE } from './credentials-schema.ts'
import { insertSecret, type NewSecret } from './insert-secret.ts'
import { LIVE_SECRETS_MAX } from './limits.ts'
import type { App } from './open-app.ts'
import { refuseToReachFurther } from './refuse-to-reach-further.ts'
import { judgeSecret } from './rules.ts'
import { type ChosenLife, noticeDays } from './secret-life.ts'
import { settleLife } from './settle-life.ts'

export type Replacement = ChosenLife & {
  name?: string | undefined
  value?: string | undefined
  overlapHours: number
  keep?: readonly Id<'secret'>[]
  endTokens?: boolean
}
export type Replaced = NewSecret & { name: string }

/**
 * The rule of every rotation, of one app or of many: a new secret beside the older ones, which end after the overlap
 * unless kept, and the mark that it should be rotated is gone. The app is held, and the actor may rotate its secret.
 */
export async function replaceSecret(
  tx: Transaction,
  actor: Actor,
  app: App,
  wanted: Replacement,
): Promise<Replaced> {
  const { overlapHours, keep = [], endTokens = false } = wanted
  refuseUnfit(app, wanted)
  await refuseToReachFurther(tx, actor, app)
  const life = await settleLife(tx, app.rootOrganizationId, wanted)
  await shortenOthers(tx, app.id, overlapHours, keep)
  const isSettled = !(await keepsFormer(tx, app, keep))
  await refuseTooMany(tx, app.id)
  const name = wanted.name || nameOfToday()
  const createdBy = personOf(actor)
  const made = await insertSecret(tx, { appId: app.id, name, value: wanted.value, createdBy, life })
  await tx
    .update(connectedApps)
    .set({
      rotationDueSince: isSettled ? null : app.rotationDueSince,
      ...(endTokens ? { epoch: sql`${connectedApps.epoch} + 1` } : {}),
    })
    .where(eq(connectedApps.id, app.id))
  return { ...made, name }
}

/** Whether one of those to keep was there when the app was marked: whoever is not to know it still may. */
async function keepsFormer(tx: Transaction, app: App, keep: readonly Id<'secret'>[]): Promise<boolean> {
  if (!app.rotationDueSince || keep.length === 0) return false
  const former = and(
    isLive(app.id),
    inArray(appSecrets.id, [...keep]),
    lte(appSecrets.createdAt, app.rotationDueSince),
  )
  return (await tx.select({ id: appSecrets.id }).from(appSecrets).where(former).limit(1)).length > 0
}

/** What the audit log keeps of a rotation, of one app or of many (`bulkRotationId`). */
export async function recordRotation(
  tx: Transaction,
  actor: Actor,
  app: App,
  { overlapHours, keep = [], endTokens = false }: Replacement,
  { secretId, secret, name, expiresAt }: Replaced,
  bulkRotationId?: Id<'bulkRotation'>,
): Promise<void> {
  await record(tx, actor, {
    name: 'connected-app.secret-rotated',
    rootOrganizationId: app.rootOrganizationId,
    organizationId: app.organizationId,
    appId: app.id,
    subject: { id: app.id, name: app.name },
    details: {
      secretId,
      secretName: name,
      lastFour: secret.slice(-4),
      expiresAt: expiresAt?.toISOString() ?? null,
      overlapHours,
      kept: keep,
      endedTokens: endTokens,
      ...(bulkRotationId ? { bulkRotationId } : {}),
    },
  })
}

function refuseUnfit(app: App, { value, overlapHours, endTokens }: Replacement): void {
  if (app.clientType !== 'server') throw new Refusal('invalid', NO_SECRET_SENTENCE)
  const weakness = value === undefined ? null : judgeSecret(value)
  if (weakness) throw new Refusal('invalid', weakness, { value: weakness })
  if (!endTokens) return
  const sentence =
    app.actsAs === 'user'
      ? 'What people authorized ends under Authorizations, by Remove.'
      : 'Tokens can only end at once together with the older secrets: choose “at once”.'
  if (app.actsAs === 'user' || overlapHours !== 0)
    throw new Refusal('invalid', sentence, { endTokens: sentence })
}

/** Whoever rotates chooses when the older ones end, so that this counts as told. */
async function shortenOthers(
  tx: Transaction,
  appId: Id<'app'>,
  overlapHours: number,
  keep: readonly Id<'secret'>[],
): Promise<void> {
  const grace = sql`now() + make_interval(hours => ${overlapHours})`
  const told = noticeDays(new Date(0), new Date(overlapHours * 3_600_000))
  await tx
    .update(appSecrets)
    .set({ expiresAt: sql`${grace}`, expiryToldDays: sql`least(${appSecrets.expiryToldDays}, ${told})` })
    .where(
      and(
        isLive(appId),
        keep.length > 0 ? notInArray(appSecrets.id, [...keep]) : undefined,
        or(isNull(appSecrets.expiresAt), gt(appSecrets.expiresAt, grace)),
      ),
    )
}

async function refuseTooMany(tx: Transaction, appId: Id<'app'>): Promise<void> {
  const live = await tx.select({ id: appSecrets.id }).from(appSecrets).where(isLive(appId))
  if (live.length < LIVE_SECRETS_MAX) return
  throw new Refusal(
    'limit-reached',
    `An app has at most ${LIVE_SECRETS_MAX} live secrets. End one of them, or let the older ones end at once.`,
  )
}

function isLive(appId: Id<'app'>) {
  return and(
    eq(appSecrets.appId, appId),
    isNull(appSecrets.endedAt),
    or(isNull(appSecrets.expiresAt), gt(appSecrets.expiresAt, sql`now()`)),
  )
}

function nameOfToday(): string {
  const today = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date())
  return `Made on ${today}`
}

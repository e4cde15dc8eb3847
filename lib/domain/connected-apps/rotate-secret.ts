import { and, eq, gt, isNull, notInArray, or, sql } from 'drizzle-orm'
import { type Transaction, transaction } from '#db/client'
import { appContexts, appSecrets, connectedApps } from '#db/schema/connected-apps'
import type { Id } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { record } from '../audit/record.ts'
import { type Actor, personOf } from '../permissions/actor.ts'
import { checkRightsToGive } from './check-rights-to-give.ts'
import { insertSecret, type NewSecret } from './insert-secret.ts'
import { type App, openApp } from './open-app.ts'
import { judgeSecret } from './rules.ts'
import { LIVE_SECRETS_MAX, type RotateSecretInput, rotateSecretSchema } from './schema.ts'

/**
 * Makes a new client secret, or takes the actor's own value, and returns it this once. Older secrets end after the
 * overlap (hours), unless kept; a rotation never lengthens a life. With an overlap of 0, an app acting for itself can
 * also lose every token it holds. Refuses weak or former values, a sixth live secret, public clients, and whoever
 * holds fewer rights than the app does.
 */
export async function rotateSecret(actor: Actor, input: RotateSecretInput): Promise<NewSecret> {
  const { appId, name, value, overlapHours, keep, endTokens } = parse(rotateSecretSchema, input)
  return transaction(async (tx) => {
    const app = await openApp(tx, actor, appId, 'connected-apps.rotate-secret')
    refuseUnfit(app, { value, overlapHours, endTokens })
    await refuseToReachFurther(tx, actor, app)
    await shortenOthers(tx, app.id, overlapHours, keep)
    await refuseTooMany(tx, app.id)
    const secretName = name || nameOfToday()
    const made = await insertSecret(tx, {
      appId,
      name: secretName,
      value,
      createdBy: personOf(actor),
    })
    await tx
      .update(connectedApps)
      .set({ rotationDueSince: null, ...(endTokens ? { epoch: sql`${connectedApps.epoch} + 1` } : {}) })
      .where(eq(connectedApps.id, app.id))
    await record(tx, actor, {
      name: 'connected-app.secret-rotated',
      rootOrganizationId: app.rootOrganizationId,
      organizationId: app.organizationId,
      appId,
      subject: { id: appId, name: app.name },
      details: {
        secretId: made.secretId,
        secretName,
        lastFour: made.secret.slice(-4),
        overlapHours,
        kept: keep,
        endedTokens: endTokens,
      },
    })
    return made
  })
}

type Choice = { value: string | undefined; overlapHours: number; endTokens: boolean }

function refuseUnfit(app: App, { value, overlapHours, endTokens }: Choice): void {
  if (app.clientType !== 'server') {
    throw new Refusal('invalid', 'This app runs where it cannot keep a secret, so it has none.')
  }
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

/** Whoever has the secret of an app acting for itself can do what the app can. */
async function refuseToReachFurther(tx: Transaction, actor: Actor, app: App): Promise<void> {
  if (app.actsAs === 'user') return
  const rights = await tx
    .select({ scope: appContexts.scope, organizationId: appContexts.organizationId })
    .from(appContexts)
    .where(eq(appContexts.appId, app.id))
  const sentence = (scope: string) =>
    `This app holds ${scope}, which you do not. An administrator can rotate its secret.`
  await checkRightsToGive(tx, actor, app.rootOrganizationId, rights, sentence)
}

async function shortenOthers(
  tx: Transaction,
  appId: Id<'app'>,
  overlapHours: number,
  keep: readonly Id<'secret'>[],
): Promise<void> {
  const grace = sql`now() + make_interval(hours => ${overlapHours})`
  await tx
    .update(appSecrets)
    .set({ expiresAt: sql`least(${appSecrets.expiresAt}, ${grace})` })
    .where(and(isLive(appId), keep.length > 0 ? notInArray(appSecrets.id, [...keep]) : undefined))
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

import { eq, sql } from 'drizzle-orm'
import { type Transaction, transaction } from '#db/client'
import { connectedApps } from '#db/schema/connected-apps'
import { users } from '#db/schema/users'
import type { Id } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { scopeSet } from '../../base/scope-set.ts'
import { record } from '../audit/record.ts'
import { type Actor, personOf } from '../permissions/actor.ts'
import { check } from '../permissions/check.ts'
import { checkQuota } from './check-quota.ts'
import { dueSinceHandOver } from './due-since-hand-over.ts'
import { type App, openApp } from './open-app.ts'
import { openPossibleOwner } from './possible-owners.ts'
import { readScopes } from './read-scopes.ts'
import { refuseOwnGain } from './refuse-own-gain.ts'
import { refuseStaleSave, type SavedDetails } from './refuse-stale-save.ts'
import { refuseTooManyScopes } from './refuse-too-many-scopes.ts'
import { judgeSettings, reachesFurther } from './rules.ts'
import { type UpdateAppInput, updateAppSchema } from './schema.ts'

type Wanted = Omit<ReturnType<typeof updateAppSchema.parse>, 'appId' | 'version' | 'clientId'>
export type SavedApp = { version: number; warnings: Record<string, string> }

/**
 * Saves what was edited together: settings, redirect URIs, scopes and owner; all of it or nothing. Fields left out stay.
 * Refuses a save over somebody's newer one (saying what changed and by whom), another client ID, settings that do not
 * fit each other, an owner who neither administers nor develops in the app's organization, and an app widening itself.
 */
export async function updateApp(actor: Actor, input: UpdateAppInput): Promise<SavedApp> {
  const { appId, version, clientId, ...wanted } = parse(updateAppSchema, input)
  return transaction(async (tx) => {
    const app = await openApp(tx, actor, appId, 'connected-apps.update')
    if (clientId !== undefined && clientId !== app.clientId) throw clientIdNeverChanges()
    await refuseStaleSave(tx, actor, app, version)
    const changed = differences(app, wanted)
    if (Object.keys(changed).length === 0) return { version: app.version, warnings: {} }
    const warnings = await judge(tx, actor, app, changed)
    const newOwner = changed.ownerId
      ? await handOver(tx, actor, app, changed.ownerId.after as Id<'user'>)
      : null

    const next = app.version + 1
    const values = Object.fromEntries(Object.entries(changed).map(([field, { after }]) => [field, after]))
    await tx
      .update(connectedApps)
      .set({
        ...values,
        version: next,
        updatedAt: sql`now()`,
        updatedBy: personOf(actor),
        ...(newOwner ? { rotationDueSince: dueSinceHandOver } : {}),
      })
      .where(eq(connectedApps.id, app.id))
    await recordSave(tx, actor, app, { version: next, changed }, newOwner)
    return { version: next, warnings }
  })
}

function clientIdNeverChanges(): Refusal {
  const sentence = 'The ID of an app never changes.'
  return new Refusal('invalid', sentence, { clientId: sentence })
}

function differences(app: App, wanted: Wanted): SavedDetails['changed'] {
  const sorted = { ...wanted, ...(wanted.scopes ? { scopes: scopeSet(wanted.scopes) } : {}) }
  if (wanted.redirectUris) sorted.redirectUris = [...new Set(wanted.redirectUris)]
  const fields = Object.entries(sorted).filter(([, after]) => after !== undefined)
  return Object.fromEntries(
    fields
      .map(([field, after]) => [field, { before: app[field as keyof App], after }] as const)
      .filter(([, { before, after }]) => JSON.stringify(before) !== JSON.stringify(after)),
  )
}

async function judge(tx: Transaction, actor: Actor, app: App, changed: SavedDetails['changed']) {
  const after = {
    ...app,
    ...Object.fromEntries(Object.entries(changed).map(([field, value]) => [field, value.after])),
  }
  const { errors, warnings } = judgeSettings(after)
  if (app.actsAs === 'itself' && changed.scopes) {
    errors.scopes = 'Choose the scopes of an app acting on its own behalf together with their places.'
  }
  if (app.actsAs === 'itself' && changed.grantTypes) {
    errors.grantTypes = 'An app acting on its own behalf uses client credentials.'
  }
  const [first] = Object.values(errors)
  if (first) throw new Refusal('invalid', first, errors)
  if (changed.scopes) {
    refuseTooManyScopes(after.scopes, app.scopes)
    const added = after.scopes.filter((scope) => !app.scopes.includes(scope))
    await readScopes(tx, added, app)
  }
  if (reachesFurther(app, after)) await refuseOwnGain(tx, actor, app.id)
  return warnings
}

async function handOver(tx: Transaction, actor: Actor, app: App, ownerId: Id<'user'>) {
  await check(tx, actor, 'connected-apps.change-owner', app)
  await refuseOwnGain(tx, actor, app.id)
  const owner = await openPossibleOwner(tx, ownerId, app.organizationId)
  await checkQuota(tx, owner.id, app.organizationId)
  return owner
}

async function recordSave(
  tx: Transaction,
  actor: Actor,
  app: App,
  { version, changed }: SavedDetails,
  newOwner: { id: Id<'user'>; fullName: string } | null,
): Promise<void> {
  const about = {
    rootOrganizationId: app.rootOrganizationId,
    organizationId: app.organizationId,
    appId: app.id,
    subject: { id: app.id, name: app.name },
  }
  const { ownerId, scopes, ...settings } = changed
  if (Object.keys(settings).length > 0) {
    await record(tx, actor, {
      ...about,
      name: 'connected-app.updated',
      details: { version, changed: settings },
    })
  }
  if (scopes) {
    await record(tx, actor, {
      ...about,
      name: 'connected-app.scopes-changed',
      details: { version, changed: { scopes } },
    })
  }
  if (ownerId && newOwner) {
    const [previous] = await tx
      .select({ fullName: users.fullName })
      .from(users)
      .where(eq(users.id, app.ownerId))
    await record(tx, actor, {
      ...about,
      name: 'connected-app.owner-changed',
      details: {
        version,
        changed: { ownerId },
        previousOwner: previous?.fullName,
        newOwner: newOwner.fullName,
        trigger: 'edited',
      },
    })
  }
}

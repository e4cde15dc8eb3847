import { eq, sql } from 'drizzle-orm'
import { type Transaction, transaction } from '#db/client'
import { appContexts, connectedApps } from '#db/schema/connected-apps'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { scopeSet } from '../../base/scope-set.ts'
import { record } from '../audit/record.ts'
import { type Actor, personOf } from '../permissions/actor.ts'
import { checkRightsToGive } from './check-rights-to-give.ts'
import { type App, openApp } from './open-app.ts'
import { readScopes } from './read-scopes.ts'
import { refuseOwnGain } from './refuse-own-gain.ts'
import { refuseStaleSave, type SavedDetails } from './refuse-stale-save.ts'
import { refuseTooManyScopes } from './refuse-too-many-scopes.ts'
import { judgeSettings } from './rules.ts'
import { type ContextInput, type SetContextsInput, setContextsSchema } from './schema.ts'
import { SCOPE_OF_ITSELF } from './scopes.ts'
import { writeContexts } from './write-contexts.ts'

/**
 * Chooses the scopes of an app acting for itself, and in which organizations (and environments) each is good for; the
 * whole list is replaced, and tokens already out follow it. Refuses places outside the app's residence, rights that
 * the actor does not hold there, an app widening itself, and a save over somebody's newer one.
 */
export async function setContexts(actor: Actor, input: SetContextsInput): Promise<{ version: number }> {
  const { appId, version, scopes, contexts } = parse(setContextsSchema, input)
  return transaction(async (tx) => {
    const app = await openApp(tx, actor, appId, 'connected-apps.update')
    await refuseStaleSave(tx, actor, app, version)
    refuseUnfit(app, scopes)
    const former = await placesOf(tx, app)
    refuseTooManyScopes(scopes, app.scopes)
    const { rootOrganizationId } = app
    const needs = await readScopes(tx, scopes, { rootOrganizationId, actsAs: 'itself', held: app.scopes })
    await writeContexts(tx, app, needs, contexts)
    const added = contexts.filter((context) => !former.some((old) => keyOf(old) === keyOf(context)))
    const addedScopes = scopes.filter(
      (scope) => !app.scopes.includes(scope) && !needs.get(scope)?.needsOrganization,
    )
    const rights = [...added, ...addedScopes.map((scope) => ({ scope, organizationId: app.organizationId }))]
    if (rights.length > 0) await refuseOwnGain(tx, actor, app.id)
    await checkRightsToGive(tx, actor, app.rootOrganizationId, rights, cannotGive)

    const next = app.version + 1
    const after = scopeSet(scopes, [SCOPE_OF_ITSELF])
    await tx
      .update(connectedApps)
      .set({ scopes: after, version: next, updatedAt: sql`now()`, updatedBy: personOf(actor) })
      .where(eq(connectedApps.id, app.id))
    const changed: SavedDetails['changed'] = {
      scopes: { before: app.scopes, after },
      contexts: { before: former, after: contexts },
    }
    await record(tx, actor, {
      name: 'connected-app.scopes-changed',
      rootOrganizationId: app.rootOrganizationId,
      organizationId: app.organizationId,
      appId: app.id,
      subject: { id: app.id, name: app.name },
      details: { version: next, changed },
    })
    return { version: next }
  })
}

const cannotGive = (scope: string) => `You cannot give an app ${scope}: you may not do that there yourself.`

function refuseUnfit(app: App, scopes: readonly string[]): void {
  if (app.actsAs === 'user') {
    const sentence = 'An app acting for people has their places: it may do what each person may do.'
    throw new Refusal('invalid', sentence, { contexts: sentence })
  }
  const { errors } = judgeSettings({ ...app, scopes })
  const [first] = Object.values(errors)
  if (first) throw new Refusal('invalid', first, errors)
}

async function placesOf(tx: Transaction, app: App): Promise<ContextInput[]> {
  const rows = await tx.select().from(appContexts).where(eq(appContexts.appId, app.id))
  return rows.map(({ scope, organizationId, environmentId }) => ({
    scope,
    organizationId,
    ...(environmentId ? { environmentId } : {}),
  }))
}

function keyOf({ scope, organizationId, environmentId }: ContextInput): string {
  return `${scope} ${organizationId} ${environmentId ?? ''}`
}

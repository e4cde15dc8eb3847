import { eq, sql } from 'drizzle-orm'
import { type Transaction, transaction } from '#db/client'
import { installations } from '#db/schema/installations'
import { type Id, newId } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import { record, recordEach } from '../audit/record.ts'
import { endOwnTokens, markDisabled } from '../connected-apps/app-state.ts'
import { findJwtsUntil } from '../connected-apps/find-jwts-until.ts'
import { type App, openApp } from '../connected-apps/open-app.ts'
import { type AppOnlyInput, appOnlySchema } from '../connected-apps/schema.ts'
import type { Actor } from '../permissions/actor.ts'
import { recordRemovals } from './record-removal.ts'

type Revoked = { organizations: number; jwtsUntil: Date | null }

/**
 * Disables an app everywhere and ends what it was given: every authorization, in every organization, and every token, also those
 * it holds for itself. Enabling it afterwards brings none of it back: people are asked anew. Costs a few rows for each organization
 * that knows the app, however many people use it, in as many statements as for one. Each of them finds it in its audit log.
 * Returns until when a JWT that is out may be accepted all the same.
 */
export async function revokeApp(actor: Actor, input: AppOnlyInput): Promise<Revoked> {
  const { appId } = parse(appOnlySchema, input)
  const organizations = await transaction(async (tx) => {
    const app = await openApp(tx, actor, appId, 'connected-apps.disable')
    await markDisabled(tx, actor, app)
    await endOwnTokens(tx, app)
    const raised = await raiseEpochs(tx, appId)
    const removalIds = await recordRemovalsOf(tx, actor, app, raised)
    const ownRemovalId = removalIds.get(app.rootOrganizationId)
    await record(tx, actor, {
      name: 'connected-app.revoked',
      rootOrganizationId: app.rootOrganizationId,
      organizationId: app.organizationId,
      appId,
      subject: { id: appId, name: app.name },
      details: { organizations: raised.length, ...(ownRemovalId && { removalId: ownRemovalId }) },
    })
    await tellOthers(tx, app, raised, removalIds)
    return raised.length
  })
  return { organizations, jwtsUntil: await findJwtsUntil({ appId }) }
}

type Raised = {
  installationId: Id<'installation'>
  rootOrganizationId: Id<'organization'>
  /** The one that ended. */
  epoch: number
  wasLive: boolean
}

/** Ends every authorization of the app wherever it is known, each at the cost of one row (`raiseEpoch` does it for one organization). */
async function raiseEpochs(tx: Transaction, appId: Id<'app'>): Promise<Raised[]> {
  const { id, rootOrganizationId, epoch } = installations
  const known = await tx
    .select({
      installationId: id,
      rootOrganizationId,
      epoch,
      wasLive: sql<boolean>`exists (select from live_authorizations l where l.installation_id = installations.id)`,
    })
    .from(installations)
    .where(eq(installations.appId, appId))
    .orderBy(id)
    .for('update')
  await tx
    .update(installations)
    .set({ epoch: sql`${epoch} + 1` })
    .where(eq(installations.appId, appId))
  return known
}

/** A receipt for each organization whose people lost it; other organizations learn the publisher, and not which person of it. */
async function recordRemovalsOf(
  tx: Transaction,
  actor: Actor,
  app: App,
  raised: readonly Raised[],
): Promise<Map<Id<'organization'>, Id<'removal'>>> {
  const removals = raised
    .filter(({ wasLive }) => wasLive)
    .map(({ installationId, rootOrganizationId, epoch }) => ({
      removalId: newId('removal'),
      rootOrganizationId,
      kind: 'publisher' as const,
      parts: [{ installationId, appName: app.name, epoch }],
    }))
  const isAtHome = (one: { rootOrganizationId: Id<'organization'> }) =>
    one.rootOrganizationId === app.rootOrganizationId
  await recordRemovals(tx, actor, removals.filter(isAtHome))
  await recordRemovals(
    tx,
    publisherOf(app),
    removals.filter((one) => !isAtHome(one)),
  )
  return new Map(removals.map(({ rootOrganizationId, removalId }) => [rootOrganizationId, removalId]))
}

function publisherOf(app: App): Actor {
  return { kind: 'app', appId: app.id, name: app.name, contexts: [] }
}

/** Other organizations learn what happened to their people's authorizations, and not which person of the publisher did it, nor from where. */
async function tellOthers(
  tx: Transaction,
  app: App,
  raised: readonly Raised[],
  removalIds: ReadonlyMap<Id<'organization'>, Id<'removal'>>,
): Promise<void> {
  const others = raised.filter(({ rootOrganizationId }) => rootOrganizationId !== app.rootOrganizationId)
  await recordEach(
    tx,
    publisherOf(app),
    others.map(({ rootOrganizationId }) => ({
      name: 'authorizations.ended-by-publisher',
      rootOrganizationId,
      appId: app.id,
      subject: { id: app.id, name: app.name },
      details: removalIds.has(rootOrganizationId) ? { removalId: removalIds.get(rootOrganizationId) } : {},
    })),
  )
}

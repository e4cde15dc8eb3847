import { eq, sql } from 'drizzle-orm'
import { type Transaction, transaction } from '#db/client'
import { installations } from '#db/schema/installations'
import type { Id } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import { record, recordEach } from '../audit/record.ts'
import { endOwnTokens, markDisabled } from '../connected-apps/app-state.ts'
import { findJwtsUntil } from '../connected-apps/find-jwts-until.ts'
import { type App, openApp } from '../connected-apps/open-app.ts'
import { type AppOnlyInput, appOnlySchema } from '../connected-apps/schema.ts'
import type { Actor } from '../permissions/actor.ts'

type Revoked = { organizations: number; jwtsUntil: Date | null }

/**
 * Disables an app everywhere and ends what it was given: every authorization, in every organization, and every token, also those
 * it holds for itself. Enabling it afterwards brings none of it back: people are asked anew. Costs one row for each organization
 * that knows the app, however many people use it. Each of them finds it in its audit log. Returns until when a JWT that is out may be
 * accepted all the same.
 */
export async function revokeApp(actor: Actor, input: AppOnlyInput): Promise<Revoked> {
  const { appId } = parse(appOnlySchema, input)
  const organizations = await transaction(async (tx) => {
    const app = await openApp(tx, actor, appId, 'connected-apps.disable')
    await markDisabled(tx, actor, app)
    await endOwnTokens(tx, app)
    const roots = await raiseEpochs(tx, appId)
    await record(tx, actor, {
      name: 'connected-app.revoked',
      rootOrganizationId: app.rootOrganizationId,
      organizationId: app.organizationId,
      appId,
      subject: { id: appId, name: app.name },
      details: { organizations: roots.length },
    })
    await tellOthers(tx, app, roots)
    return roots.length
  })
  return { organizations, jwtsUntil: await findJwtsUntil({ appId }) }
}

/** Ends every authorization of the app wherever it is known, each at the cost of one row (`raiseEpoch` does it for one organization). */
async function raiseEpochs(tx: Transaction, appId: Id<'app'>): Promise<Id<'organization'>[]> {
  const rows = await tx
    .update(installations)
    .set({ epoch: sql`${installations.epoch} + 1` })
    .where(eq(installations.appId, appId))
    .returning({ rootOrganizationId: installations.rootOrganizationId })
  return rows.map((row) => row.rootOrganizationId)
}

/** Other organizations learn what happened to their people's authorizations, and not which person of the publisher did it, nor from where. */
async function tellOthers(tx: Transaction, app: App, roots: readonly Id<'organization'>[]): Promise<void> {
  const publisher = { kind: 'app', appId: app.id, name: app.name, contexts: [] } as const
  const others = roots.filter((root) => root !== app.rootOrganizationId)
  await recordEach(
    tx,
    publisher,
    others.map((rootOrganizationId) => ({
      name: 'authorizations.ended-by-publisher',
      rootOrganizationId,
      appId: app.id,
      subject: { id: app.id, name: app.name },
    })),
  )
}

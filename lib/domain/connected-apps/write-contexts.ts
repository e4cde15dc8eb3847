import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { appContexts } from '#db/schema/connected-apps'
import { environments, organizationAncestors, organizations } from '#db/schema/organizations'
import type { Id } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'
import { type ContextFact, judgeContexts, type ScopeNeeds } from './rules.ts'
import type { ContextInput } from './schema.ts'

type Residence = { id: Id<'app'>; organizationId: Id<'organization'> }

/**
 * Replaces the places where an app acting for itself may use its scopes, after judging them: inside its residence,
 * one at least for each scope that needs organizations. Refuses with a sentence per field.
 */
export async function writeContexts(
  tx: Transaction,
  app: Residence,
  scopes: ReadonlyMap<string, ScopeNeeds>,
  contexts: readonly ContextInput[],
): Promise<void> {
  const fields = judgeContexts(scopes, await factsOf(tx, app.organizationId, contexts))
  const [first] = Object.values(fields)
  if (first) throw new Refusal('invalid', first, fields)
  await tx.delete(appContexts).where(eq(appContexts.appId, app.id))
  if (contexts.length > 0) {
    await tx.insert(appContexts).values(contexts.map((context) => ({ appId: app.id, ...context })))
  }
}

async function factsOf(
  tx: Transaction,
  residenceId: Id<'organization'>,
  contexts: readonly ContextInput[],
): Promise<ContextFact[]> {
  if (contexts.length === 0) return []
  const branch = await tx
    .select({ id: organizations.id })
    .from(organizationAncestors)
    .innerJoin(organizations, eq(organizations.id, organizationAncestors.organizationId))
    .where(and(eq(organizationAncestors.ancestorId, residenceId), isNull(organizations.endedAt)))
  const inside = new Set(branch.map((row) => row.id))
  const named = contexts.flatMap((context) => context.environmentId ?? [])
  const known =
    named.length === 0
      ? []
      : await tx
          .select({ id: environments.id, organizationId: environments.organizationId })
          .from(environments)
          .where(and(inArray(environments.id, named), isNull(environments.endedAt)))
  const homes = new Map(known.map((row) => [row.id, row.organizationId]))
  return contexts.map(({ scope, organizationId, environmentId }) => ({
    scope,
    isInsideResidence: inside.has(organizationId),
    environment: !environmentId ? 'none' : homes.get(environmentId) === organizationId ? 'own' : 'foreign',
  }))
}

import { eq, inArray } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { apis, scopes } from '#db/schema/connected-apps'
import type { Id } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'
import type { ScopeNeeds } from './rules.ts'

/** An app acting for itself counts in its own root organization alone, so another one's APIs offer it nothing [P89]. */
export type Itself = {
  rootOrganizationId: Id<'organization'>
  /** What it has already stays as it is. */
  held?: readonly string[]
}

/**
 * What these scopes need, by name; refuses the ones that no API offers, each under its own field. For an app acting for
 * itself, a scope of another organization's API reads like one that is not there.
 */
export async function readScopes(
  tx: Transaction,
  names: readonly string[],
  itself?: Itself,
): Promise<Map<string, ScopeNeeds>> {
  const rows =
    names.length === 0
      ? []
      : await tx
          .select({
            name: scopes.name,
            needsOrganization: scopes.needsOrganization,
            needsEnvironment: scopes.needsEnvironment,
            apiRoot: apis.rootOrganizationId,
          })
          .from(scopes)
          .innerJoin(apis, eq(apis.id, scopes.apiId))
          .where(inArray(scopes.name, [...names]))
  const offered = rows.filter(({ name, apiRoot }) => !itself || isOffered(itself, name, apiRoot))
  const known = new Map(offered.map(({ name, apiRoot: _, ...needs }) => [name, needs]))
  const fields: Record<string, string> = {}
  names.forEach((name, at) => {
    if (!known.has(name)) fields[`scopes.${at}`] = `No API offers the scope ${name}.`
  })
  const [first] = Object.values(fields)
  if (first) throw new Refusal('invalid', first, fields)
  return known
}

function isOffered(itself: Itself, name: string, apiRoot: Id<'organization'> | null): boolean {
  return apiRoot === null || apiRoot === itself.rootOrganizationId || (itself.held?.includes(name) ?? false)
}

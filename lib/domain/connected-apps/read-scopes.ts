import { eq, inArray } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { apis, scopes } from '#db/schema/connected-apps'
import type { Id } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'
import type { ScopeNeeds } from './rules.ts'

/** Whose scopes these are to be. */
export type Holder = {
  rootOrganizationId: Id<'organization'>
  actsAs: 'user' | 'itself'
  /** What it has already stays as it is. */
  held?: readonly string[]
}

/**
 * What these scopes need, by name; refuses the ones that no API offers this app, each under its own field: those that
 * have ended, and those of another organization's API, unless it is open to everyone and the app acts for people. They
 * read like ones that are not there.
 */
export async function readScopes(
  tx: Transaction,
  names: readonly string[],
  holder: Holder,
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
            openTo: apis.openTo,
            endedAt: scopes.endedAt,
          })
          .from(scopes)
          .innerJoin(apis, eq(apis.id, scopes.apiId))
          .where(inArray(scopes.name, [...names]))
  const offered = rows.filter((scope) => holder.held?.includes(scope.name) || isOffered(holder, scope))
  const known = new Map(
    offered.map(({ name, needsOrganization, needsEnvironment }) => [
      name,
      { needsOrganization, needsEnvironment },
    ]),
  )
  const fields: Record<string, string> = {}
  names.forEach((name, at) => {
    if (!known.has(name)) fields[`scopes.${at}`] = `No API offers the scope ${name}.`
  })
  const [first] = Object.values(fields)
  if (first) throw new Refusal('invalid', first, fields)
  return known
}

type Offer = {
  apiRoot: Id<'organization'> | null
  openTo: 'internal' | 'everyone'
  endedAt: Date | null
}

/** An app acting for itself counts in its own root organization alone, so another one's APIs offer it nothing [P89]. */
function isOffered(holder: Holder, { apiRoot, openTo, endedAt }: Offer): boolean {
  if (endedAt !== null) return false
  if (apiRoot === null || apiRoot === holder.rootOrganizationId) return true
  return openTo === 'everyone' && holder.actsAs === 'user'
}

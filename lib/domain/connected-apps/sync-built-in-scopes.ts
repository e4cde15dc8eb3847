import { and, inArray, ne, sql } from 'drizzle-orm'
import { type Transaction, transaction } from '#db/client'
import { apis, scopes } from '#db/schema/connected-apps'
import { type Id, idOf } from '../../base/ids.ts'
import { API_SCOPES, type ScopeInWords, SIGN_IN_SCOPES } from './scopes.ts'

const SIGN_IN_API = idOf('api', '01980000-0000-7000-8000-000000000001')
const OWN_API = idOf('api', '01980000-0000-7000-8000-000000000002')

/** The audience that tokens for our own API carry (RFC 8707). */
export function ownApiAudience(publicUrl: string): string {
  return `${publicUrl}/api/v1`
}

/**
 * Brings the table of scopes in step with the built-in catalogue, at boot: new ones are added, words are renewed,
 * the two built-in APIs get the audience of the present `publicUrl` (an origin). Scopes of other APIs stay as they are;
 * one that has a name of ours stops the boot, because its holders would hold what ours permits. Our prefixes are
 * reserved, so that this cannot come about.
 */
export async function syncBuiltInScopes(publicUrl: string): Promise<void> {
  await transaction(async (tx) => {
    await tx
      .insert(apis)
      .values([
        { id: SIGN_IN_API, name: 'Sign-in', audience: publicUrl },
        { id: OWN_API, name: 'Gatehouse', audience: ownApiAudience(publicUrl) },
      ])
      .onConflictDoUpdate({
        target: apis.id,
        set: { name: sql`excluded.name`, audience: sql`excluded.audience` },
      })
    await syncScopes(tx, SIGN_IN_API, SIGN_IN_SCOPES)
    await syncScopes(tx, OWN_API, API_SCOPES)
  })
}

async function syncScopes(
  tx: Transaction,
  apiId: Id<'api'>,
  catalogue: readonly ScopeInWords[],
): Promise<void> {
  const sorted = catalogue.toSorted((a, b) => (a.name < b.name ? -1 : 1))
  await tx
    .insert(scopes)
    .values(sorted.map((scope) => ({ ...scope, apiId })))
    .onConflictDoUpdate({
      target: scopes.name,
      set: {
        title: sql`excluded.title`,
        description: sql`excluded.description`,
        risk: sql`excluded.risk`,
        needsOrganization: sql`excluded.needs_organization`,
      },
      setWhere: inArray(scopes.apiId, [SIGN_IN_API, OWN_API]),
    })
  const names = sorted.map((scope) => scope.name)
  const [taken] = await tx
    .select({ name: scopes.name })
    .from(scopes)
    .where(and(inArray(scopes.name, names), ne(scopes.apiId, apiId)))
  if (taken) throw new Error(`The scope ${taken.name} is one of Gatehouse’s own, and another API has it.`)
}

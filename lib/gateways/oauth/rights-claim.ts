import { type Id, isId } from '../../base/ids.ts'
import type { LiveToken, TokenScope } from '../../domain/authorizations/find-live-tokens.ts'
import { type FoundRights, findRights } from '../../domain/authorizations/find-rights.ts'

/** A token's scopes and rights as an answer tells them. */
export type RightsClaim = {
  /** The scopes that are good somewhere at this moment. */
  scopes: readonly TokenScope[]
  /** Where those that need an organization may be used; absent where no scope needs one. */
  organizations?: ReturnType<typeof claimOf>
  /** Only when the list was cut: ask with `organization` about the one at hand. */
  organizations_truncated?: true
}

type Holder = Parameters<typeof findRights>[0] & Pick<LiveToken, 'scopes'>

/**
 * What a token is good for at this moment. A scope that needs an organization and has none left is dropped, so that
 * whoever looks at `scope` alone is not misled. With `organization`, asked and answered for that one alone.
 */
export async function rightsClaimOf(
  token: Holder,
  shown: readonly TokenScope[],
  organization?: unknown,
): Promise<RightsClaim> {
  if (!shown.some((scope) => scope.needsOrganization)) return { scopes: shown }
  if (organization !== undefined && !isId('organization', organization)) {
    return { scopes: shown.filter((scope) => !scope.needsOrganization), organizations: [] }
  }
  const rights = await findRights({ ...token, scopes: shown }, organization as Id<'organization'> | undefined)
  const placed = new Set(
    rights.organizations.flatMap((one) => [
      ...one.scopes,
      ...one.environments.flatMap((environment) => environment.scopes),
    ]),
  )
  return {
    scopes: shown.filter((scope) => !scope.needsOrganization || placed.has(scope.name)),
    organizations: claimOf(rights),
    ...(rights.isWhole ? {} : { organizations_truncated: true as const }),
  }
}

function claimOf({ organizations }: FoundRights) {
  return organizations.map(({ organizationId, roles, scopes, environments }) => ({
    id: organizationId,
    ...(roles ? { roles } : {}),
    scopes,
    ...(environments.length > 0
      ? {
          environments: environments.map(({ environmentId, scopes: held }) => ({
            id: environmentId,
            scopes: held,
          })),
        }
      : {}),
  }))
}

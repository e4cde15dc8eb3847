import { type Database, database, type Transaction, tokenSql } from '#db/client'
import { tokenFamilies } from '#db/schema/authorizations'
import { type Id, idOf, newId, uuidOf } from '../../base/ids.ts'
import type { NetworkLimit, NetworkMode } from '../installations/network-limit.ts'

export type NewFamily = {
  familyId?: Id<'tokenFamily'>
  authorizationId: Id<'authorization'>
  /** What was asked for this time: never more than the yes covers. */
  scopes: readonly string[]
  /** Where its tokens are held: of a device code, the device's. */
  ip?: string | undefined
  userAgent?: string | undefined
}

/** Begins what one code or device code leads to: every token of it hangs on this row, and the row on the yes. */
export async function startTokenFamily(
  tx: Database | Transaction,
  family: NewFamily,
): Promise<Id<'tokenFamily'>> {
  const id = family.familyId ?? newId('tokenFamily')
  await tx.insert(tokenFamilies).values({
    id,
    authorizationId: family.authorizationId,
    scopes: [...family.scopes],
    ip: family.ip,
    userAgent: family.userAgent,
  })
  return id
}

/** The same, on its own: a code is about to be issued. */
export function startTokenFamilyOfCode(family: NewFamily): Promise<Id<'tokenFamily'>> {
  return startTokenFamily(database(), family)
}

export type LiveFamily = {
  familyId: Id<'tokenFamily'>
  userId: Id<'user'>
  clientId: string
  rootOrganizationId: Id<'organization'>
  /** What it may hold and is good at this moment. */
  scopes: readonly string[]
  /** The audiences of the APIs these scopes belong to. */
  audiences: readonly string[]
  /** From where its app may be used there. */
  networks: NetworkLimit
}

/** The family, while tokens of it could be alive: neither it nor the yes it hangs on ended or is held back. */
export async function findLiveFamily(familyId: Id<'tokenFamily'>): Promise<LiveFamily | undefined> {
  const [row] = await tokenSql()<
    {
      user_id: string
      client_id: string
      root_organization_id: string
      scopes: string[]
      audiences: string[]
      network_mode: NetworkMode
      networks: string[]
    }[]
  >`
    select l.user_id, c.client_id, l.root_organization_id, good.scopes, good.audiences, l.network_mode,
      l.networks::text[] as networks
    from token_families f
    join live_authorizations l on l.id = f.authorization_id and not l.is_held
    join connected_apps c on c.id = l.app_id and c.disabled_at is null
    cross join lateral (
      select coalesce(array_agg(s.name order by array_position(f.scopes, s.name)), '{}') as scopes,
        coalesce(array_agg(distinct a.audience), '{}') as audiences
      from scopes s join apis a on a.id = s.api_id
      where s.name = any(f.scopes) and s.ended_at is null
        and (a.root_organization_id is null or (a.root_organization_id = l.root_organization_id
          and (a.root_organization_id = c.root_organization_id or a.open_to = 'everyone')))) good
    where f.id = ${uuidOf(familyId)} and f.ended_at is null`
  return (
    row && {
      familyId,
      userId: idOf('user', row.user_id),
      clientId: row.client_id,
      rootOrganizationId: idOf('organization', row.root_organization_id),
      scopes: row.scopes,
      audiences: row.audiences,
      networks: { mode: row.network_mode, networks: row.networks },
    }
  )
}

import { sql } from 'drizzle-orm'
import { database } from '#db/client'
import { type Id, idOf } from '../../base/ids.ts'
import { hashToken } from '../../base/secrets.ts'
import type { Role } from '../permissions/standing.ts'
import { IS_LIVE } from './live-invitations.ts'

/** What whoever holds the link may know: who invites them to what. */
export type InvitationShown = {
  email: string
  role: Role
  appsMax: number | null
  organization: { id: Id<'organization'>; name: string }
  /** The root organization's name, where the invitation is into a business group of it. */
  rootName: string | null
  /** Null: an app sent it, or the process itself. */
  senderName: string | null
  expiresAt: Date
  /** Whether the invited address has an account: then its owner signs in; else one is made. */
  hasAccount: boolean
}

/** The live invitation a link leads to; null for anything else, whatever became of it. Reading changes nothing. */
export async function findInvitation(token: string): Promise<InvitationShown | null> {
  const [row] = await database().execute<Row>(sql`
    select i.email, i.role, i.apps_max as "appsMax", i.expires_at as "expiresAt", o.id as "organizationId",
      o.name as "organizationName", case when o.parent_id is not null then r.name end as "rootName",
      s.full_name as "senderName",
      exists (select from users u where lower(u.email) = lower(i.email) and u.ended_at is null) as "hasAccount"
    from invitations i
    join organizations o on o.id = i.organization_id
    join organizations r on r.id = i.root_organization_id
    left join users s on s.id = i.invited_by
    where i.token_hash = ${hashToken(token)} and ${IS_LIVE}`)
  if (!row) return null
  const { organizationId, organizationName, expiresAt, ...invitation } = row
  return {
    ...invitation,
    expiresAt: new Date(expiresAt),
    organization: { id: idOf('organization', organizationId), name: organizationName },
  }
}

type Row = Omit<InvitationShown, 'organization' | 'expiresAt'> & {
  organizationId: string
  organizationName: string
  expiresAt: Date | string
}

import { sql } from 'drizzle-orm'
import { database } from '#db/client'
import { type Cursor, readCursor, writeCursor } from '../../base/cursor.ts'
import { type Id, idOf, uuidOf } from '../../base/ids.ts'
import { likePattern } from '../../base/like-pattern.ts'
import { parse } from '../../base/parse.ts'
import type { Actor } from '../permissions/actor.ts'
import { absentOrganization, checkOrganization } from '../permissions/check-organization.ts'
import type { Role } from '../permissions/standing.ts'
import { isSenderGood } from './live-invitations.ts'
import { type ListInvitationsInput, listInvitationsSchema, PEOPLE_SHOWN_MAX } from './schema.ts'

export type InvitationListed = {
  id: Id<'invitation'>
  email: string
  role: Role
  appsMax: number | null
  organization: { id: Id<'organization'>; name: string }
  /** Null: an app sent it, or the process itself. */
  sender: string | null
  createdAt: Date
  expiresAt: Date
  /** `orphaned`: whoever sent it may invite no more, so its link leads nowhere until it is sent again. */
  state: 'open' | 'expired' | 'orphaned'
}
export type Invitations = { invitations: InvitationListed[]; total: number; next: Cursor }

/** The invitations into an organization and all below it that nobody has accepted or withdrawn, the newest first, fifty a page. */
export async function listInvitations(actor: Actor, input: ListInvitationsInput): Promise<Invitations> {
  const { organizationId, search, cursor } = parse(listInvitationsSchema, input)
  const db = database()
  const [place] = await db.execute<{ root: string }>(sql`
    select root_organization_id as root from organizations
    where id = ${uuidOf(organizationId)}::uuid and ended_at is null`)
  if (!place) throw await absentOrganization(db, actor)
  const rootOrganizationId = idOf('organization', place.root)
  await checkOrganization(db, actor, 'invitations.list', { organizationId, rootOrganizationId })
  const [after] = readCursor(cursor, ['uuid']) ?? []
  const pattern = search ? likePattern(search) : null
  const wanted = sql`i.root_organization_id = ${place.root}::uuid and i.accepted_at is null and i.ended_at is null
    and exists (select from organization_ancestors below
      where below.organization_id = i.organization_id and below.ancestor_id = ${uuidOf(organizationId)}::uuid)
    ${pattern ? sql`and i.email ilike ${pattern}` : sql``}`
  const [rows, totals] = await Promise.all([
    db.execute<Row>(sql`
      select i.id, i.email, i.role, i.apps_max as "appsMax", o.id as "organizationId", o.name as "organizationName",
        s.full_name as sender, i.created_at as "createdAt", i.expires_at as "expiresAt",
        case when i.expires_at <= now() then 'expired' when ${isSenderGood()} then 'open' else 'orphaned' end as state
      from invitations i join organizations o on o.id = i.organization_id and o.ended_at is null
      left join users s on s.id = i.invited_by
      where ${wanted} ${after ? sql`and i.id < ${after}::uuid` : sql``}
      order by i.id desc limit ${PEOPLE_SHOWN_MAX + 1}`),
    db.execute<{ total: number }>(sql`select count(*)::int as total from invitations i where ${wanted}`),
  ])
  const page = rows.slice(0, PEOPLE_SHOWN_MAX)
  const last = rows.length > PEOPLE_SHOWN_MAX ? page.at(-1) : undefined
  return {
    invitations: page.map(shown),
    total: totals[0]?.total ?? 0,
    next: last ? writeCursor([last.id]) : null,
  }
}

type Row = Omit<InvitationListed, 'id' | 'organization' | 'createdAt' | 'expiresAt'> & {
  id: string
  organizationId: string
  organizationName: string
  createdAt: Date | string
  expiresAt: Date | string
}

function shown({
  id,
  organizationId,
  organizationName,
  createdAt,
  expiresAt,
  ...row
}: Row): InvitationListed {
  return {
    ...row,
    id: idOf('invitation', id),
    organization: { id: idOf('organization', organizationId), name: organizationName },
    createdAt: new Date(createdAt),
    expiresAt: new Date(expiresAt),
  }
}

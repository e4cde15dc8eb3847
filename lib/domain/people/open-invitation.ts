import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { organizations } from '#db/schema/organizations'
import { invitations } from '#db/schema/people'
import type { Id } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'
import { hashToken } from '../../base/secrets.ts'
import type { Organization } from '../organizations/open-organization.ts'
import type { Actor } from '../permissions/actor.ts'
import { absentTo, check } from '../permissions/check.ts'
import { IS_LIVE } from './live-invitations.ts'

export type Invitation = typeof invitations.$inferSelect
type Held = { invitation: Invitation; organization: Organization }

const ABSENT = 'There is no such invitation here.'
/** The same words for a link that was used, withdrawn or too old, and for one that never was. */
export const INVITATION_GONE = 'This invitation is not good any more. Ask whoever invited you for a new one.'

/**
 * The only way to hold an invitation in order to send it again or to withdraw it: asks for the permission in the root
 * organization, then holds that and the invitation until the transaction ends. Out of reach is like absent.
 */
export async function openInvitation(
  tx: Transaction,
  actor: Actor,
  invitationId: Id<'invitation'>,
): Promise<Held> {
  const [found] = await tx
    .select({ rootOrganizationId: invitations.rootOrganizationId })
    .from(invitations)
    .where(eq(invitations.id, invitationId))
  if (!found) throw await absentTo(tx, actor, ABSENT)
  const { rootOrganizationId } = found
  const place = { organizationId: rootOrganizationId, rootOrganizationId }
  await check(tx, actor, 'invitations.send', place, { permission: 'invitations.list', absent: ABSENT })
  return hold(tx, invitationId, rootOrganizationId)
}

/**
 * The same for whoever has the link: holding it is the permission. Whoever waited for somebody who was faster sees what became of it.
 * Refuses a link that leads nowhere any more.
 */
export async function openLiveInvitation(tx: Transaction, token: string): Promise<Held> {
  const hash = hashToken(token)
  const [found] = await tx
    .select({ id: invitations.id, rootOrganizationId: invitations.rootOrganizationId })
    .from(invitations)
    .where(eq(invitations.tokenHash, hash))
  if (!found) throw new Refusal('expired', INVITATION_GONE)
  const held = await hold(tx, found.id, found.rootOrganizationId)
  const [live] = await tx.execute(sql`
    select 1 from invitations i where i.token_hash = ${hash} and ${IS_LIVE}`)
  if (!live) throw new Refusal('expired', INVITATION_GONE)
  return held
}

/** The tree first, as everybody does who gives or takes places. */
async function hold(
  tx: Transaction,
  invitationId: Id<'invitation'>,
  rootOrganizationId: Id<'organization'>,
): Promise<Held> {
  await tx
    .select({ id: organizations.id })
    .from(organizations)
    .where(and(eq(organizations.id, rootOrganizationId), isNull(organizations.parentId)))
    .for('no key update')
  const [invitation] = await tx
    .select()
    .from(invitations)
    .where(eq(invitations.id, invitationId))
    .for('update')
  if (!invitation) throw new Error('An invitation is never deleted.')
  const [organization] = await tx
    .select()
    .from(organizations)
    .where(eq(organizations.id, invitation.organizationId))
  if (!organization) throw new Error('An organization is ended, never deleted.')
  return { invitation, organization }
}

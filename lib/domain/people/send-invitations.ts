import { sql } from 'drizzle-orm'
import { type Transaction, transaction } from '#db/client'
import { invitations } from '#db/schema/people'
import { type Id, newId, uuidOf } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { hashToken } from '../../base/secrets.ts'
import { record } from '../audit/record.ts'
import { queueMail } from '../mail/queue-mail.ts'
import { type Organization, openOrganization } from '../organizations/open-organization.ts'
import { refuseRoleAbove } from '../organizations/refuse-role-above.ts'
import { type Actor, personOf } from '../permissions/actor.ts'
import { check } from '../permissions/check.ts'
import { nameOf, refuseFlood } from './invitation-limits.ts'
import { invitationMail } from './invitation-mail.ts'
import { invitationLink, newInvitationToken } from './invitation-tokens.ts'
import { INVITATION_DAYS, type SendInvitationsInput, sendInvitationsSchema } from './schema.ts'

export type SentInvitations = {
  sent: { invitationId: Id<'invitation'>; email: string }[]
  /** Who was left out: the inviter sees them among the people, or among the open invitations. */
  skipped: { email: string; reason: 'has-a-place' | 'is-invited' }[]
}

/**
 * Invites people by mail to a place in an organization, with a role and a developer's quota: each address gets a link
 * that is good once and for seven days. Whether an address has an account elsewhere is told to nobody. Addresses that
 * have a place or an open invitation there are left out, and said. Refuses an act that would invite nobody new, more than
 * 500 a day in one root organization, a fourth mail to one address within a day, and an app that would make an
 * administrator where its owner is none.
 */
export async function sendInvitations(actor: Actor, input: SendInvitationsInput): Promise<SentInvitations> {
  const { organizationId, role, appsMax, ...given } = parse(sendInvitationsSchema, input)
  const emails = [...new Map(given.emails.map((email) => [email.toLowerCase(), email])).values()]
  return transaction(async (tx) => {
    const organization = await openOrganization(tx, actor, organizationId, 'invitations.send')
    const { rootOrganizationId } = organization
    // Whoever comes into a business group comes into the whole: that is asked in the root, of an app too.
    const root = { organizationId: rootOrganizationId, rootOrganizationId }
    await check(tx, actor, 'invitations.send', root)
    await refuseRoleAbove(tx, actor, role, organizationId)
    const skipped = await whoIsThere(tx, organization, emails)
    const left = emails.filter((email) => !skipped.some((one) => one.email === email))
    if (left.length === 0) throw nobodyNew(skipped, organization)
    await refuseFlood(tx, rootOrganizationId, left)
    const mail = await mailOf(tx, actor, organization)
    const sent: SentInvitations['sent'] = []
    for (const email of left) {
      const token = newInvitationToken()
      const invitationId = newId('invitation')
      await tx.insert(invitations).values({
        id: invitationId,
        organizationId,
        rootOrganizationId,
        email,
        role,
        appsMax: appsMax ?? null,
        tokenHash: hashToken(token),
        invitedBy: personOf(actor),
        invitedByAppId: actor.kind === 'app' ? actor.appId : null,
        expiresAt: sql`now() + make_interval(days => ${INVITATION_DAYS})`,
      })
      await queueMail(tx, {
        ...invitationMail({ ...mail, email, role, link: invitationLink(token) }),
        rootOrganizationId,
      })
      await record(tx, actor, {
        name: 'invitation.sent',
        rootOrganizationId,
        organizationId,
        subject: { id: invitationId, name: email },
        details: { organizationName: organization.name, role, ...(appsMax ? { appsMax } : {}) },
      })
      sent.push({ invitationId, email })
    }
    return { sent, skipped }
  })
}

async function mailOf(tx: Transaction, actor: Actor, organization: Organization) {
  const { id, name, rootOrganizationId } = organization
  return {
    organizationName: name,
    rootName: id === rootOrganizationId ? null : await nameOf(tx, rootOrganizationId),
    senderName: actor.kind === 'user' ? actor.name : null,
  }
}

/** Only what the inviter sees anyway: places in this organization, and its open invitations. */
async function whoIsThere(
  tx: Transaction,
  organization: Organization,
  emails: readonly string[],
): Promise<SentInvitations['skipped']> {
  const rows = await tx.execute<{ email: string; reason: SentInvitations['skipped'][number]['reason'] }>(sql`
    select lower(u.email) as email, 'has-a-place' as reason
    from users u join memberships m on m.user_id = u.id and m.ended_at is null
    where u.ended_at is null and m.organization_id = ${uuidOf(organization.id)}::uuid
      and lower(u.email) = any(${lowercase(emails)})
    union all
    select lower(i.email), 'is-invited'
    from invitations i
    where i.organization_id = ${uuidOf(organization.id)}::uuid and i.accepted_at is null and i.ended_at is null
      and lower(i.email) = any(${lowercase(emails)})`)
  const reasons = new Map(rows.map(({ email, reason }) => [email, reason]).toReversed() as [string, never][])
  return emails.flatMap((email) => {
    const reason = reasons.get(email.toLowerCase())
    return reason ? [{ email, reason }] : []
  })
}

const lowercase = (emails: readonly string[]) =>
  sql`${sql.param(emails.map((email) => email.toLowerCase()))}::text[]`

function nobodyNew(skipped: SentInvitations['skipped'], { name }: Organization): Refusal {
  const [first] = skipped
  const sentence =
    skipped.length > 1
      ? `Each of them has a place in ${name} or is invited already.`
      : first?.reason === 'has-a-place'
        ? `${first.email} has a place in ${name} already.`
        : `${first?.email} is invited to ${name} already: send that invitation again.`
  return new Refusal('conflict', sentence, { emails: sentence })
}

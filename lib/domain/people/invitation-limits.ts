import { eq, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { organizations } from '#db/schema/organizations'
import { type Id, uuidOf } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'
import { INVITATIONS_PER_DAY_MAX, MAILS_PER_ADDRESS_MAX } from './schema.ts'

/**
 * Refuses more mail than anybody wants, from one root organization within a day: to one address, and in all. Counted in the
 * outbox and in the invitations, while the root organization is held, so that two at once count each other.
 */
export async function refuseFlood(
  tx: Transaction,
  rootOrganizationId: Id<'organization'>,
  emails: readonly string[],
): Promise<void> {
  const root = sql`${uuidOf(rootOrganizationId)}::uuid`
  const [full] = await tx.execute<{ email: string }>(sql`
    select lower(recipient) as email from outgoing_mails
    where lower(recipient) = any(${sql.param(emails.map((email) => email.toLowerCase()))}::text[])
      and kind = 'invitation' and root_organization_id = ${root} and created_at > now() - interval '1 day'
    group by 1 having count(*) >= ${MAILS_PER_ADDRESS_MAX} limit 1`)
  if (full) {
    const sentence = `${full.email} got ${MAILS_PER_ADDRESS_MAX} invitations from you within a day. Try again tomorrow.`
    throw new Refusal('limit-reached', sentence, { emails: sentence })
  }
  const [today] = await tx.execute<{ sent: number }>(sql`
    select count(*)::int as sent from invitations
    where root_organization_id = ${root} and created_at > now() - interval '1 day'`)
  if ((today?.sent ?? 0) + emails.length <= INVITATIONS_PER_DAY_MAX) return
  const sentence = `An organization invites at most ${INVITATIONS_PER_DAY_MAX} people a day. Try again tomorrow.`
  throw new Refusal('limit-reached', sentence, { emails: sentence })
}

/** What an organization is called, for a mail. */
export async function nameOf(tx: Transaction, organizationId: Id<'organization'>): Promise<string> {
  const [row] = await tx
    .select({ name: organizations.name })
    .from(organizations)
    .where(eq(organizations.id, organizationId))
  return row?.name ?? ''
}

import { randomBytes } from 'node:crypto'
import type { Transaction } from '#db/client'
import { invitations } from '#db/schema/people'
import { INVITATION_DAYS } from '#lib/domain/people/schema'
import { DAY, HOUR, idAt, later } from './moments.ts'
import type { Role } from './people.ts'
import { INVITATIONS } from './people-tables.ts'
import { marksOf } from './read-table.ts'
import { named, type World } from './world.ts'

/** Makes the invitations and tells of them. Their links are nobody's: whoever wants one sends it again. */
export async function insertInvitations(tx: Transaction, world: World): Promise<void> {
  const { clock, organizations, people, chronicle } = world
  for (const { email, organization, role, quota, by: sender, sent, outcome } of INVITATIONS) {
    const where = named(organizations, organization)
    const by = named(people, sender)
    const at = clock.ago(sent)
    const id = idAt('invitation', at)
    const marks = marksOf(outcome)
    const accepted = marks.get('accepted')
    const person = accepted === undefined ? null : named(people, accepted)
    const endedAt = marks.has('withdrawn') ? later(at, 2 * HOUR) : null
    await tx.insert(invitations).values({
      id,
      organizationId: where.id,
      rootOrganizationId: where.rootOrganizationId,
      email,
      role: role as Role,
      appsMax: quota ? Number(quota) : null,
      tokenHash: randomBytes(32),
      invitedBy: by.id,
      createdAt: at,
      expiresAt: later(at, INVITATION_DAYS * DAY),
      acceptedAt: person?.since,
      acceptedBy: person?.id,
      endedAt,
      endedBy: endedAt && by.id,
    })
    const subject = { id, name: email }
    const details = { organizationName: where.name, role }
    chronicle.tell({ at, name: 'invitation.sent', by, where, subject, details })
    if (endedAt) chronicle.tell({ at: endedAt, name: 'invitation.withdrawn', by, where, subject, details })
    if (person) {
      const joined = later(person.since, 30_000)
      chronicle.tell({ at: joined, name: 'invitation.accepted', by: person, where, subject, details })
    }
  }
}

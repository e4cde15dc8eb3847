import type { Organization } from './organizations.ts'
import { joinedAt, type Person } from './people.ts'
import { INVITATIONS } from './people-tables.ts'
import { marksOf } from './read-table.ts'
import { named, type World } from './world.ts'

const OPERATOR = 'olivia'
const AFTER_JOINING_DAYS = 20

/** How the organizations came to be, and who got which place. */
export function tellOfOrganizations(world: World): void {
  for (const organization of world.organizations.values()) tellOfMaking(organization, world)
  for (const person of world.people.values()) {
    for (const [key, role] of person.places) {
      const where = named(world.organizations, key)
      const isOwner = where.owner === person.key
      if (!isOwner) tellOfPlace(person, where, role, world)
    }
  }
  tellOfSignIns(world)
}

function tellOfMaking(organization: Organization, { people, chronicle }: World): void {
  const { line, root, owner, since } = organization
  const [, parent] = line
  if (parent) {
    const by = administratorOf(root, people)
    const details = { parentId: parent.id, parentName: parent.name }
    chronicle.tell({
      at: since,
      name: 'business-group.created',
      by,
      where: organization,
      subject: organization,
      details,
    })
  } else if (owner) {
    const by = named(people, OPERATOR)
    const person = named(people, owner)
    const details = { ownerId: person.id, ownerName: person.fullName }
    chronicle.tell({
      at: since,
      name: 'organization.created',
      by,
      where: organization,
      subject: organization,
      details,
    })
  }
}

function tellOfPlace(person: Person, where: Organization, role: string, { people, chronicle }: World): void {
  const by = administratorOf(where.root, people)
  const subject = { id: person.id, name: person.fullName }
  const details = { role, organizationName: where.name }
  const at = joinedAt(person, where)
  const invitation = INVITATIONS.find(
    (one) => one.organization === where.key && marksOf(one.outcome).get('accepted') === person.key,
  )
  if (invitation) {
    const inviter = named(people, invitation.by).fullName
    const told = { at, by: person, where, subject, details: { ...details, inviter } }
    chronicle.tell({ ...told, name: 'membership.joined' })
  } else chronicle.tell({ at, name: 'membership.created', by, where, subject, details })
}

/** A root organization's owner gives the places there. */
function administratorOf(root: string, people: World['people']): Person {
  const owner = [...people.values()].find(
    ({ places, roots }) => roots[0] === root && places.get(root) === 'administrator',
  )
  if (!owner) throw new Error(`Nobody administers ${root}.`)
  return owner
}

/** The sign-ins of the last weeks; some mistype their password first. */
function tellOfSignIns({ people, organizations, clock, chance, chronicle }: World): void {
  for (const person of people.values()) {
    const [home] = person.roots
    if (person.leftAt || person.deactivatedAt || !home) continue
    const where = named(organizations, home)
    const subject = { id: person.id, name: person.fullName }
    const days = Math.min(AFTER_JOINING_DAYS, (clock.now.getTime() - person.since.getTime()) / 86_400_000)
    for (let day = chance.between(0, 6); day < days; day += chance.between(2, 8)) {
      const at = clock.ago(`${Math.round(day * 24 * 60) + 3}m`)
      const mistyped = new Date(at.getTime() - 40_000)
      if (chance.happens(0.12))
        chronicle.tell({ at: mistyped, name: 'session.refused', by: 'sign-in', where, subject })
      chronicle.tell({ at, name: 'session.started', by: person, where, subject })
    }
  }
}

import { sql } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { authorizations, organizationChoices } from '#db/schema/authorizations'
import { type Id, uuidOf } from '#lib/base/ids'
import { inOrder } from './apps.ts'
import { REMOVED_ONES } from './authorization-tables.ts'
import { userAgentFor } from './devices.ts'
import type { Installation } from './installations.ts'
import { DAY, earlier, HOUR, idAt, later } from './moments.ts'
import { joinedAt, type Person } from './people.ts'
import { wordsOf } from './read-table.ts'
import { waitingFor } from './requests.ts'
import { named, type World } from './world.ts'

export type Authorization = {
  id: Id<'authorization'>
  installation: Installation
  person: Person
  scopes: readonly string[]
  epoch: number
  createdAt: Date
  /** When it was widened, and what it held before. */
  widened: { at: Date; by: string } | null
  ip: string
  userAgent: string
  lastUsedAt: Date
  ended: { at: Date; by: Person } | null
}

/** Nobody authorizes a thing in their first hour. */
const SETTLING_IN = HOUR
const WIDENED_SHARE = 0.7

/** Everyone's yeses, those that stand and those that fell. */
export function castAuthorizations(installations: readonly Installation[], world: World): Authorization[] {
  return [
    ...installations.flatMap((installation) => yesesTo(installation, world)),
    ...removedOnes(installations, world),
  ]
}

function yesesTo(installation: Installation, world: World): Authorization[] {
  const { cutAt, since, lastUsedAt, blockedAt, unblockedAt } = installation
  const { now } = world.clock
  if (!cutAt) return generation(installation, world, { from: since, until: now, lastUsedAt, epoch: 0 })
  const before = { from: since, until: cutAt, lastUsedAt: earlier(lastUsedAt, cutAt), epoch: 0 }
  const after = { from: unblockedAt ?? cutAt, until: now, lastUsedAt, epoch: 1 }
  return [before, ...(blockedAt ? [] : [after])].flatMap((span) => generation(installation, world, span))
}

type Span = { from: Date; until: Date; lastUsedAt: Date; epoch: number }

/** The yeses said between two moments: the first at the first, most soon after, a few long ago and hardly used. */
function generation(installation: Installation, world: World, span: Span): Authorization[] {
  const { chance } = world
  return peopleOf(installation, world, span).map((person, place) => {
    const earliest = Math.max(
      span.from.getTime(),
      later(joinedAt(person, installation.root), SETTLING_IN).getTime(),
    )
    const end = Math.min(
      span.until.getTime(),
      (person.leftAt ?? person.deactivatedAt ?? span.until).getTime(),
    )
    const latest = Math.max(earliest, Math.min(end, span.lastUsedAt.getTime()))
    const said = new Date(place === 0 ? earliest : chance.between(earliest, latest, 2.2))
    const used =
      place === 0 ? latest : latest - chance.between(0, Math.min(latest - said.getTime(), 75 * DAY), 3)
    return yesOf(installation, person, { ...span, said, lastUsedAt: new Date(used) }, world)
  })
}

function peopleOf({ row, root }: Installation, { people, chance }: World, span: Span): Person[] {
  const end = earlier(span.lastUsedAt, span.until)
  const isThere = (person: Person) =>
    person.roots.includes(root.key) &&
    later(joinedAt(person, root), SETTLING_IN) < end &&
    (!person.leftAt || person.leftAt > span.from)
  const waiting = row.without ? new Set() : waitingFor(row.root, row.app)
  const sure = wordsOf(row.with).map((key) => named(people, key))
  const others = [...people.values()].filter(
    (person) =>
      isThere(person) &&
      !sure.includes(person) &&
      !person.leftAt &&
      !person.deactivatedAt &&
      !waiting.has(person.key),
  )
  const here = sure.filter(isThere)
  const wanted = Number(row.people) - here.filter(({ leftAt }) => !leftAt).length
  return [...here, ...chance.sample(others, wanted)]
}

type Said = Pick<Span, 'epoch' | 'lastUsedAt'> & { said: Date }

function yesOf(
  installation: Installation,
  person: Person,
  { said, lastUsedAt, epoch }: Said,
  { chance }: World,
): Authorization {
  const { row, app, widening } = installation
  const refused = new Set(wordsOf(row.without))
  const scopes = app.scopes.filter((scope) => !refused.has(scope))
  const isEarly = widening !== null && said < widening.at
  const isWidened = isEarly && lastUsedAt > widening.at && chance.happens(WIDENED_SHARE)
  return {
    id: idAt('authorization', said),
    installation,
    person,
    scopes: inOrder(isEarly && !isWidened ? scopes.filter((scope) => scope !== widening.scope) : scopes),
    epoch,
    createdAt: said,
    widened: isWidened
      ? { at: new Date(chance.between(widening.at.getTime(), lastUsedAt.getTime(), 2)), by: widening.scope }
      : null,
    ip: person.ip,
    userAgent: userAgentFor(app, chance),
    lastUsedAt,
    ended: null,
  }
}

function removedOnes(installations: readonly Installation[], world: World): Authorization[] {
  return REMOVED_ONES.map(({ root, app, person, from, until, by }) => {
    const installation = installations.find(({ row }) => row.root === root && row.app === app)
    if (!installation) throw new Error(`Nobody at ${root} authorized ${app}.`)
    const at = world.clock.ago(until)
    const said = { said: world.clock.ago(from), lastUsedAt: later(at, -DAY / 2), epoch: installation.epoch }
    const yes = yesOf(installation, named(world.people, person), said, world)
    return { ...yes, ended: { at, by: named(world.people, by) } }
  })
}

export async function insertAuthorizations(tx: Transaction, cast: readonly Authorization[]): Promise<void> {
  await tx.insert(authorizations).values(
    cast.map(
      ({
        id,
        installation,
        person,
        scopes,
        epoch,
        createdAt,
        widened,
        ip,
        userAgent,
        lastUsedAt,
        ended,
      }) => ({
        id,
        installationId: installation.id,
        rootOrganizationId: installation.root.id,
        appId: installation.app.id,
        userId: person.id,
        membershipId: sql<
          Id<'membership'>
        >`(select id from memberships where user_id = ${uuidOf(person.id)} and organization_id = ${uuidOf(installation.root.id)})`,
        scopes: [...scopes],
        epoch,
        createdAt,
        updatedAt: widened?.at ?? createdAt,
        ip,
        userAgent,
        lastUsedAt,
        endedAt: ended?.at,
        endedBy: ended?.by.id,
        endedReason:
          ended &&
          (ended.by === person ? ('removed-by-person' as const) : ('removed-by-administrator' as const)),
      }),
    ),
  )
}

/** Who belongs to several organizations keeps the one last chosen for each app. */
export async function insertOrganizationChoices(
  tx: Transaction,
  cast: readonly Authorization[],
): Promise<void> {
  const choices = new Map<string, typeof organizationChoices.$inferInsert>()
  for (const { person, installation, createdAt } of cast) {
    if (person.roots.length > 1) {
      const { app, root } = installation
      const choice = { userId: person.id, appId: app.id, rootOrganizationId: root.id, chosenAt: createdAt }
      choices.set(`${person.key} ${app.key}`, choice)
    }
  }
  await tx.insert(organizationChoices).values([...choices.values()])
}

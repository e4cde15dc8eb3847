import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Id } from '#lib/base/ids'
import { newId } from '#lib/base/ids'
import type { UserActor } from '#lib/domain/permissions/actor'
import { as, SYSTEM } from '#test/actors'
import { transaction } from '#test/database'
import { type MadeOrganization, type MadeUser, makeMember, makeOrganization } from '#test/factories'
import type { EventName } from './events.ts'
import { followChanges } from './follow-changes.ts'
import { record } from './record.ts'

const leaving = new Set<AbortController>()

beforeAll(async () => {
  // The first in a process is told once more when the process itself begins to hear.
  const organization = await makeOrganization()
  const stream = await follow(organization, organization.owner)
  await happen(organization, 'audit.exported')
  while ((await stream.topics())?.join() !== 'audit') await happen(organization, 'audit.exported')
})

afterEach(() => {
  for (const one of leaving) one.abort()
  leaving.clear()
})

/** A stream of somebody, and how often it asked who they are. */
async function follow(organization: MadeOrganization, person: MadeUser, sessionId?: Id<'session'>) {
  const actor: UserActor = { ...as(person), sessionId: sessionId ?? newId('session') }
  let asked = 0
  const leave = new AbortController()
  leaving.add(leave)
  const pieces = await followChanges(actor, {
    organizationId: organization.id,
    since: null,
    actorNow: async () => {
      asked++
      return actor
    },
    signal: leave.signal,
  })
  const topics = async () => (await pieces.next()).value?.topics
  // That anything may have changed is what it is told first.
  expect(await topics()).toEqual(expect.arrayContaining(['connected-apps']))
  asked = 0
  return { topics, asked: () => asked }
}

function happen({ rootOrganizationId, id, name }: MadeOrganization, event: EventName) {
  return transaction((tx) =>
    record(tx, SYSTEM, { name: event, rootOrganizationId, subject: { id, name }, details: {} }),
  )
}

describe('a stream', () => {
  it('is not asked for where nothing happened that its owner may see', async () => {
    const organization = await makeOrganization()
    const developer = await follow(organization, await makeMember(organization, 'developer'))
    const administrator = await follow(organization, organization.owner)
    const first = developer.topics()
    await happen(organization, 'session.started')
    // Told at the same moment as the developer's stream would be.
    expect(await administrator.topics()).toEqual(['audit'])
    await happen(organization, 'group.created')
    expect(await administrator.topics()).toEqual(['people', 'allowlist', 'audit'])
    await happen(organization, 'bulk-rotation.started')
    expect(await first).toEqual(['connected-apps'])
  })

  it('shares what its session may see with the other tabs, and with no other session', async () => {
    const organization = await makeOrganization()
    const sessionId = newId('session')
    const tabs = [
      await follow(organization, organization.owner, sessionId),
      await follow(organization, organization.owner, sessionId),
    ]
    const elsewhere = await follow(organization, organization.owner)
    // What was asked before may be wrong by now, for all of them.
    await happen(organization, 'organization.updated')
    await Promise.all([...tabs, elsewhere].map((one) => one.topics()))
    expect([tabs.reduce((sum, one) => sum + one.asked(), 0), elsewhere.asked()]).toEqual([1, 1])
  })

  it('asks anew at once where rights may have changed', async () => {
    const organization = await makeOrganization()
    const developer = await follow(organization, await makeMember(organization, 'developer'))
    await happen(organization, 'membership.role-changed')
    await developer.topics()
    expect(developer.asked()).toBe(1)
  })
})

import { and, desc, eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { events } from '#db/schema/audit'
import { memberships } from '#db/schema/organizations'
import { as, asThrough } from '#test/actors'
import { database, transaction } from '#test/database'
import { type MadeOrganization, makeApp, makeMember, makeOrganization } from '#test/factories'
import { exportEvents } from './export-events.ts'
import { previewExport } from './preview-export.ts'
import { recordEach } from './record.ts'

let here: MadeOrganization

beforeEach(async () => {
  here = await makeOrganization()
})

const happen = (times: number, name: 'connected-app.updated' | 'session.started' = 'connected-app.updated') =>
  transaction((tx) =>
    recordEach(
      tx,
      as(here.owner),
      Array.from({ length: times }, (_, at) => ({
        name,
        rootOrganizationId: here.id,
        subject: { id: `${at}`, name: `Thing ${at}` },
      })),
    ),
  )
const wanted = () => ({ rootOrganizationId: here.id, format: 'csv' as const })
const recorded = async () => {
  const [row] = await database()
    .select()
    .from(events)
    .where(and(eq(events.rootOrganizationId, here.id), eq(events.name, 'audit.exported')))
    .orderBy(desc(events.id))
  return row
}

describe('an export', () => {
  it('holds every event from before it, once, the newest first, in batches', async () => {
    await happen(2050)
    const { total, batches } = await exportEvents(as(here.owner), wanted())
    await happen(1)
    const taken = []
    for await (const batch of batches(async () => as(here.owner))) taken.push(batch)
    expect(taken.map((batch) => batch.length)).toEqual([1000, 1000, 50])
    const ids = taken.flat().map(({ eventId }) => eventId)
    expect(total).toBe(2050)
    expect(new Set(ids).size).toBe(2050)
    expect(ids).toEqual(ids.toSorted().reverse())
  })

  it('is an event itself, with its filter and how many it covers, before anything is handed over', async () => {
    await happen(3)
    await happen(2, 'session.started')
    const through = asThrough(here.owner, await makeApp({ organization: here }), ['audit:read'])
    const { total } = await exportEvents(through, { ...wanted(), act: 'connected-app', search: 'thing' })
    expect(total).toBe(3)
    expect(await recorded()).toMatchObject({
      actorUserId: here.owner.id,
      actorAppName: through.through?.appName,
      details: { format: 'csv', events: 3, filter: { act: 'connected-app', search: 'thing' } },
    })
    const preview = await previewExport(as(here.owner), { rootOrganizationId: here.id, act: 'audit' })
    expect(preview).toEqual({ events: 1 })
  })

  it('ends when the right is withdrawn meanwhile', async () => {
    await happen(1500)
    const reader = await makeMember(here, 'administrator')
    const made = await exportEvents(as(reader), wanted())
    const batches = made.batches(async () => as(reader))
    await batches.next()
    await database().update(memberships).set({ role: 'member' }).where(eq(memberships.userId, reader.id))
    await expect(batches.next()).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('reads who is asking anew for each batch: what their token lost meanwhile counts', async () => {
    await happen(2500)
    const app = await makeApp({ organization: here })
    let held = ['audit:read']
    const asking = async () => asThrough(here.owner, app, held)
    const batches = (await exportEvents(await asking(), wanted())).batches(asking)
    expect((await batches.next()).value).toHaveLength(1000)
    held = ['organizations:read']
    await expect(batches.next()).rejects.toMatchObject({ code: 'forbidden' })
    expect(await batches.next()).toEqual({ done: true, value: undefined })
  })

  it('is refused to everybody else, and nothing is recorded', async () => {
    for (const person of [await makeMember(here), await makeMember(here, 'developer')]) {
      await expect(exportEvents(as(person), wanted())).rejects.toMatchObject({ code: 'forbidden' })
    }
    const stranger = (await makeOrganization()).owner
    await expect(exportEvents(as(stranger), wanted())).rejects.toMatchObject({ code: 'not-found' })
    await expect(previewExport(as(stranger), wanted())).rejects.toMatchObject({ code: 'not-found' })
    const unknown = { ...wanted(), format: 'pdf' as 'csv' }
    await expect(exportEvents(as(here.owner), unknown)).rejects.toMatchObject({ code: 'invalid' })
    expect(await recorded()).toBeUndefined()
  })
})

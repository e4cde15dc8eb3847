import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { database, transaction } from '#db/client'
import { connectedApps } from '#db/schema/connected-apps'
import { memberships } from '#db/schema/organizations'
import { newId } from '#lib/base/ids'
import { as, asApp, asThrough } from '#test/actors'
import {
  type MadeApp,
  type MadeOrganization,
  type MadeUser,
  makeApp,
  makeBusinessGroup,
  makeMember,
  makeOrganization,
} from '#test/factories'
import type { EventName } from './events.ts'
import { getEvent } from './get-event.ts'
import { listEventApps } from './list-event-apps.ts'
import { listEventPeople } from './list-event-people.ts'
import { listEvents } from './queries.ts'
import { record } from './record.ts'

let here: MadeOrganization
let root: { rootOrganizationId: MadeOrganization['id'] }

beforeEach(async () => {
  here = await makeOrganization()
  root = { rootOrganizationId: here.id }
})

const tell = (user: MadeUser, app: MadeApp, name: EventName, where = here) =>
  transaction((tx) =>
    record(tx, as(user), {
      name,
      rootOrganizationId: where.id,
      appId: app.id,
      subject: { id: app.id, name: app.name },
    }),
  )

describe('listEvents', () => {
  it('tells what happened here in sentences, the newest first, and nothing of elsewhere', async () => {
    const elsewhere = await makeOrganization()
    const app = await makeApp({ organization: here, audience: 'everyone' })
    await tell(here.owner, app, 'connected-app.created')
    await tell(here.owner, app, 'installation.blocked')
    await tell(elsewhere.owner, app, 'installation.blocked', elsewhere)
    const { rows } = await listEvents(as(here.owner), root)
    expect(rows.map(({ sentence }) => sentence)).toEqual([
      `${here.owner.fullName} blocked ${app.name}`,
      `${here.owner.fullName} created ${app.name}`,
    ])
    expect(rows[0]).toMatchObject({ ip: '203.0.113.7', actor: { kind: 'user', userId: here.owner.id } })
    const other = await makeApp({ organization: here })
    expect((await listEvents(as(here.owner), { ...root, appId: other.id })).rows).toEqual([])
    expect((await listEvents(as(here.owner), { ...root, appId: app.id })).rows).toHaveLength(2)
  })

  it('pages to the end', async () => {
    const app = await makeApp({ organization: here })
    const ids = []
    for (let at = 0; at < 52; at += 1) ids.push(await tell(here.owner, app, 'connected-app.updated'))
    const first = await listEvents(as(here.owner), root)
    const second = await listEvents(as(here.owner), { ...root, cursor: first.next })
    expect([...first.rows, ...second.rows].map(({ eventId }) => eventId)).toEqual(ids.reverse())
    expect(second.next).toBeNull()
  })

  it('goes back to the newest, page by page', async () => {
    const app = await makeApp({ organization: here })
    for (let at = 0; at < 110; at += 1) await tell(here.owner, app, 'connected-app.updated')
    const [first, ids] = [
      await listEvents(as(here.owner), root),
      (page: { rows: { eventId: string }[] }) => page.rows.map((row) => row.eventId),
    ]
    const second = await listEvents(as(here.owner), { ...root, cursor: first.next })
    const third = await listEvents(as(here.owner), { ...root, cursor: second.next })
    expect([first.previous, third.rows.length, third.next]).toEqual([null, 10, null])
    const backToSecond = await listEvents(as(here.owner), { ...root, newerThan: third.previous })
    expect(ids(backToSecond)).toEqual(ids(second))
    const backToFirst = await listEvents(as(here.owner), { ...root, newerThan: backToSecond.previous })
    expect(ids(backToFirst)).toEqual(ids(first))
    expect(backToFirst.previous).toBeNull()
    await tell(here.owner, app, 'connected-app.updated')
    const newest = await listEvents(as(here.owner), { ...root, newerThan: second.previous })
    expect(ids(newest)).toEqual(ids(first))
  })

  it('finds by person, by app whether it was done to it or through it, by act, by name and by time', async () => {
    const [mine, other] = [
      await makeApp({ organization: here, name: 'Parcel Desk' }),
      await makeApp({ organization: here }),
    ]
    const second = await makeMember(here, 'administrator')
    await tell(here.owner, mine, 'connected-app.updated')
    await tell(second, other, 'connected-app.disabled')
    await transaction((tx) =>
      record(tx, asThrough(second, mine, []), {
        name: 'session.ended',
        rootOrganizationId: here.id,
        subject: { id: second.id, name: second.fullName },
      }),
    )
    const names = async (filters: object) =>
      (await listEvents(as(here.owner), { ...root, ...filters })).rows.map(({ name }) => name)
    expect(await names({ personId: second.id })).toEqual(['session.ended', 'connected-app.disabled'])
    expect(await names({ appId: mine.id })).toEqual(['session.ended', 'connected-app.updated'])
    expect(await names({ act: 'connected-app' })).toEqual(['connected-app.disabled', 'connected-app.updated'])
    expect(await names({ act: 'connected-app.disabled' })).toEqual(['connected-app.disabled'])
    expect(await names({ search: 'parcel' })).toEqual(['connected-app.updated'])
    expect(await names({ search: '%' })).toEqual([])
    const now = Date.now()
    const at = (hours: number) => new Date(now + hours * 3_600_000).toISOString()
    expect(await names({ from: at(-1), until: at(1) })).toHaveLength(3)
    expect(await names({ from: at(1) })).toEqual([])
    expect(await names({ until: at(-1) })).toEqual([])
    await expect(names({ act: 'weather.changed' })).rejects.toMatchObject({ code: 'invalid' })
  })

  it('names the app through which a person did it, as it was called that day, and what ids mean', async () => {
    const app = await makeApp({ organization: here, name: 'Sheetbridge' })
    const group = await makeBusinessGroup(here, { name: 'Sales' })
    const eventId = await transaction((tx) =>
      record(tx, asThrough(here.owner, app, []), {
        name: 'connected-app.scopes-changed',
        rootOrganizationId: here.id,
        organizationId: group.id,
        appId: app.id,
        subject: { id: app.id, name: app.name },
        details: {
          changed: { contexts: { before: [], after: [{ scope: 'audit:read', organizationId: group.id }] } },
        },
      }),
    )
    await database().update(connectedApps).set({ name: 'Renamed' }).where(eq(connectedApps.id, app.id))
    const event = await getEvent(as(here.owner), { ...root, eventId })
    expect(event).toMatchObject({
      sentence: `${here.owner.fullName}, through Sheetbridge, changed the scopes of Sheetbridge`,
      through: { appId: app.id, name: 'Sheetbridge' },
      organization: { id: group.id, name: 'Sales' },
      names: { [group.id]: 'Sales' },
      requestId: 'test',
      links: { app: 'owned', people: [here.owner.id] },
    })
    const stranger = (await makeOrganization()).owner
    await expect(getEvent(as(stranger), { ...root, eventId })).rejects.toMatchObject({ code: 'not-found' })
    const elsewhere = await makeOrganization({ owner: here.owner })
    await expect(
      getEvent(as(here.owner), { rootOrganizationId: elsewhere.id, eventId }),
    ).rejects.toMatchObject({ code: 'not-found' })
  })

  it('offers people and apps that are gone, too, and none of elsewhere', async () => {
    const gone = await makeMember(here, 'member', { fullName: 'Gone Person' })
    await database().update(memberships).set({ endedAt: new Date() }).where(eq(memberships.userId, gone.id))
    const app = await makeApp({ organization: here, name: 'Gone App', endedAt: new Date() })
    await makeApp({ organization: await makeOrganization(), name: 'Gone App of others' })
    const people = await listEventPeople(as(here.owner), { ...root, search: 'gone' })
    expect(people).toEqual([{ id: gone.id, name: 'Gone Person', username: gone.username }])
    const apps = await listEventApps(as(here.owner), { ...root, search: 'gone app' })
    expect(apps).toEqual([{ id: app.id, name: 'Gone App', publisher: here.name, isDeleted: true }])
    expect(await listEventApps(as(here.owner), { ...root, id: app.id })).toEqual(apps)
    expect(await listEventPeople(as(here.owner), { ...root, id: gone.id })).toEqual(people)
  })

  it('shows whoever may open an app what happened to it, not what people did with it', async () => {
    const group = await makeBusinessGroup(here)
    const [administrator, developer] = [
      await makeMember(group, 'administrator'),
      await makeMember(group, 'developer'),
    ]
    const app = await makeApp({ organization: group, ownerId: developer.id })
    await tell(here.owner, app, 'connected-app.updated')
    await tell(here.owner, app, 'authorization.granted')
    for (const person of [administrator, developer]) {
      const { rows } = await listEvents(as(person), { ...root, appId: app.id })
      expect(rows.map(({ name }) => name)).toEqual(['connected-app.updated'])
    }
  })

  it('refuses everyone else, alike for what is there and what is not', async () => {
    const group = await makeBusinessGroup(here)
    const app = await makeApp({ organization: here })
    const [member, developer, administrator] = [
      await makeMember(here),
      await makeMember(here, 'developer'),
      await makeMember(group, 'administrator'),
    ]
    for (const person of [member, developer, administrator]) {
      await expect(listEvents(as(person), root)).rejects.toMatchObject({ code: 'forbidden' })
    }
    for (const appId of [app.id, newId('app')]) {
      await expect(listEvents(as(administrator), { ...root, appId })).rejects.toMatchObject({
        code: 'not-found',
      })
      await expect(listEvents(as(member), { ...root, appId })).rejects.toMatchObject({ code: 'forbidden' })
    }
    await expect(listEvents(as((await makeOrganization()).owner), root)).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(listEvents(asApp(app, ['openid'], here), root)).rejects.toMatchObject({ code: 'forbidden' })
  })
})

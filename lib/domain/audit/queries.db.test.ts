import { beforeEach, describe, expect, it } from 'vitest'
import { transaction } from '#db/client'
import { newId } from '#lib/base/ids'
import { as, asApp } from '#test/actors'
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

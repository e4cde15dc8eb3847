import { beforeEach, expect, it } from 'vitest'
import { newId } from '#lib/base/ids'
import { as } from '#test/actors'
import {
  type MadeApp,
  type MadeOrganization,
  type MadeUser,
  makeApp,
  makeMember,
  makeOrganization,
} from '#test/factories'
import { addEntry } from '../allowlist/add-entry.ts'
import { restrict } from '../allowlist/restrict.ts'
import { blockApp } from '../installations/block-app.ts'
import { setNetworks } from '../installations/set-networks.ts'
import { addToGroup } from '../people/add-to-group.ts'
import { createGroup } from '../people/create-group.ts'
import { getVerdict } from './get-verdict.ts'
import { getWhatIf } from './get-what-if.ts'

let here: MadeOrganization
let app: MadeApp
let person: MadeUser
let root: { rootOrganizationId: MadeOrganization['id'] }

beforeEach(async () => {
  here = await makeOrganization()
  app = await makeApp({
    organization: await makeOrganization(),
    audience: 'everyone',
    scopes: ['email', 'openid'],
  })
  person = await makeMember(here)
  root = { rootOrganizationId: here.id }
})

const ask = (scopes?: string[], asker: MadeUser = here.owner) =>
  getWhatIf(as(asker), { ...root, userId: person.id, clientId: app.clientId, scopes })
const decider = async (scopes?: string[]) => {
  const { steps, verdict } = await ask(scopes)
  expect(verdict).toEqual(
    await getVerdict({
      ...root,
      address: null,
      appId: app.id,
      userId: person.id,
      scopes: scopes ?? ['email', 'openid'],
    }),
  )
  expect(steps[0]).toMatchObject({ rule: 'what-is-asked', sentence: 'All that is asked counts.' })
  return steps.find(({ outcome }) => outcome === 'decided')
}

it('says what the authorization server would decide, and by which rule', async () => {
  expect(await decider()).toMatchObject({
    rule: 'consent',
    sentence: expect.stringContaining(`${person.fullName} is asked to allow`),
  })
  await restrict(as(here.owner), root)
  expect(await decider()).toMatchObject({
    rule: 'listed',
    sentence: expect.stringContaining('not on the allowlist'),
  })
  await addEntry(as(here.owner), { ...root, clientId: app.clientId, scopes: ['openid'] })
  expect(await decider()).toMatchObject({
    rule: 'listed',
    sentence: expect.stringContaining(`the entry of ${app.name} does not hold`),
  })
  expect(await decider(['openid'])).toMatchObject({ rule: 'consent' })
  expect(await decider(['payroll:read'])).toMatchObject({ rule: 'within-its-scopes' })
  await blockApp(as(here.owner), { ...root, appId: app.id })
  expect(await decider()).toMatchObject({ rule: 'not-blocked', outcome: 'decided' })
})

it('says whether the app may be used from an address [P122]', async () => {
  const networks = ['203.0.113.0/24']
  await setNetworks(as(here.owner), { ...root, appId: app.id, mode: 'enforce', networks, version: 0 })
  const from = async (address?: string) => {
    const wish = { ...root, userId: person.id, clientId: app.clientId, address }
    const { verdict, steps, ...found } = await getWhatIf(as(here.owner), wish)
    expect(found.address).toBe(address ?? null)
    const { rule } = steps.find(({ outcome }) => outcome === 'decided') ?? {}
    return [verdict.kind, rule]
  }
  expect(await from('203.0.113.9')).toEqual(['consent', 'consent'])
  expect(await from('::ffff:203.0.113.9')).toEqual(['consent', 'consent'])
  expect(await from('198.51.100.7')).toEqual(['refused', 'from-its-networks'])
  expect(await from()).toEqual(['refused', 'from-its-networks'])
  await expect(from('the office')).rejects.toMatchObject({
    code: 'invalid',
    fields: { address: 'That is no IP address.' },
  })
})

it('tells of a group that the person is not in', async () => {
  await restrict(as(here.owner), root)
  const { groupId } = await createGroup(as(here.owner), { ...root, name: 'Finance' })
  await addEntry(as(here.owner), { ...root, clientId: app.clientId, groupId })
  expect((await decider())?.sentence).toContain('for the group Finance')
  await addToGroup(as(here.owner), { groupId, userIds: [person.id] })
  expect(await decider()).toMatchObject({ rule: 'consent' })
})

it('refuses people and apps that are none of this organization’s like ones that do not exist', async () => {
  const there = await makeOrganization()
  const theirs = await makeApp({ organization: there, audience: 'internal' })
  for (const given of [
    { userId: there.owner.id, clientId: app.clientId },
    { userId: newId('user'), clientId: app.clientId },
    { userId: person.id, clientId: theirs.clientId },
    { userId: person.id, clientId: 'unknown' },
  ])
    await expect(getWhatIf(as(here.owner), { ...root, ...given })).rejects.toMatchObject({
      code: 'not-found',
    })
})

it('is for administrators of the root organization [P59]', async () => {
  await expect(ask(undefined, person)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(ask(undefined, (await makeOrganization()).owner)).rejects.toMatchObject({ code: 'not-found' })
})

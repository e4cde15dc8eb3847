import { beforeEach, expect, it } from 'vitest'
import { as } from '#test/actors'
import { makeAuthorization } from '#test/authorizations'
import { type MadeApp, type MadeOrganization, makeApp, makeMember, makeOrganization } from '#test/factories'
import { getEntryUse } from '../authorizations/get-entry-use.ts'
import { addEntry } from './add-entry.ts'
import { draftRequest } from './draft-request.ts'
import { listEntryHistory } from './list-entry-history.ts'
import { listListableApps } from './list-listable-apps.ts'
import { removeEntry } from './remove-entry.ts'
import { requestApproval } from './request-approval.ts'
import { trimEntry } from './trim-entry.ts'

let here: MadeOrganization
let elsewhere: MadeOrganization
let app: MadeApp
let root: { rootOrganizationId: MadeOrganization['id'] }

beforeEach(async () => {
  here = await makeOrganization()
  elsewhere = await makeOrganization()
  root = { rootOrganizationId: here.id }
  app = await makeApp({
    organization: elsewhere,
    audience: 'everyone',
    scopes: ['openid', 'email'],
    name: 'Ledger',
  })
})

it('an entry tells how it came about and what became of it, also when it is listed no more', async () => {
  const named = { ...root, appId: app.id }
  await addEntry(as(here.owner), { ...root, clientId: app.clientId })
  await trimEntry(as(here.owner), { ...named, remove: ['email'] })
  await removeEntry(as(here.owner), named)
  const { rows } = await listEntryHistory(as(here.owner), named)
  expect(rows.map(({ name }) => name)).toEqual([
    'allowlist.entry-removed',
    'allowlist.entry-trimmed',
    'allowlist.entry-added',
  ])
  const others = await listEntryHistory(as(elsewhere.owner), { ...named, rootOrganizationId: elsewhere.id })
  expect(others.rows).toEqual([])
})

it('what nobody has granted is named, so that it can be trimmed [P79]', async () => {
  const named = { ...root, appId: app.id }
  await expect(getEntryUse(as(here.owner), named)).rejects.toMatchObject({ code: 'not-found' })
  await addEntry(as(here.owner), { ...root, clientId: app.clientId })
  expect(await getEntryUse(as(here.owner), named)).toEqual({ people: 0, unused: ['email', 'openid'] })
  await makeAuthorization(await makeMember(here), app, here, ['openid'])
  expect(await getEntryUse(as(here.owner), named)).toEqual({ people: 1, unused: ['email'] })
})

it('finds its own apps and those its people met by name, and nobody else’s [P71]', async () => {
  const own = await makeApp({ organization: here, name: 'Ledger Sync' })
  await makeApp({ organization: here, name: 'Ledger Robot', actsAs: 'itself' })
  const find = async (search: string) =>
    (await listListableApps(as(here.owner), { ...root, search })).map(({ name, isListed }) => [
      name,
      isListed,
    ])
  expect(await find('ledger')).toEqual([[own.name, false]])
  const member = await makeMember(here)
  const { requestId } = await draftRequest(as(member), { ...root, appId: app.id, scopes: ['openid'] })
  expect(await find('ledger')).toEqual([[own.name, false]])
  await requestApproval(as(member), { requestId })
  await addEntry(as(here.owner), { ...root, clientId: app.clientId })
  expect(await find('LEDG')).toEqual([
    ['Ledger', true],
    [own.name, false],
  ])
  expect(await find('100%')).toEqual([])
})

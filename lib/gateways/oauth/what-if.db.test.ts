import { eq } from 'drizzle-orm'
import { beforeEach, expect, it } from 'vitest'
import { database } from '#db/client'
import { scopes } from '#db/schema/connected-apps'
import { addEntry } from '#lib/domain/allowlist/add-entry'
import { getListableApp } from '#lib/domain/allowlist/get-listable-app'
import { listEntries } from '#lib/domain/allowlist/list-entries'
import { previewPolicy } from '#lib/domain/allowlist/preview-policy'
import { restrict } from '#lib/domain/allowlist/restrict'
import { getWhatIf } from '#lib/domain/authorizations/get-what-if'
import { as } from '#test/actors'
import { authorize, browserOf, newRequest, withAuthorizationServer } from '#test/authorization-server'
import {
  type MadeApp,
  type MadeOrganization,
  type MadeUser,
  makeApi,
  makeApp,
  makeMember,
  makeOrganization,
} from '#test/factories'

withAuthorizationServer()

let here: MadeOrganization
let person: MadeUser
let root: { rootOrganizationId: MadeOrganization['id'] }
/** A scope that is good only where the publisher of the app is at home. */
let theirs: string

beforeEach(async () => {
  here = await makeOrganization()
  person = await makeMember(here)
  root = { rootOrganizationId: here.id }
  await restrict(as(here.owner), root)
})

async function make(more: { grantTypes?: string[] } = {}): Promise<MadeApp> {
  const publisher = await makeOrganization()
  const [scope] = await makeApi(publisher)
  theirs = scope ?? ''
  return makeApp({
    organization: publisher,
    audience: 'everyone',
    scopes: ['openid', 'email', 'offline_access', theirs],
    ...more,
  })
}

const list = (app: MadeApp, ...some: string[]) =>
  addEntry(as(here.owner), { ...root, clientId: app.clientId, scopes: some })
const whatIf = (app: MadeApp, asked: string[]) =>
  getWhatIf(as(here.owner), { ...root, userId: person.id, clientId: app.clientId, scopes: asked })

/** What the server itself answers where it may show no page. */
async function served(app: MadeApp, asked: readonly string[]): Promise<string> {
  const request = await newRequest(app, asked.join(' '), { prompt: 'none', organization: here.id })
  const back = await authorize(await browserOf(person), request)
  return back.searchParams.get('error') ?? 'none'
}

it('adds keeping access wherever the server does, and leaves out what is void here', async () => {
  const app = await make()
  const asked = ['openid', 'email', theirs]
  await list(app, 'openid', 'email')
  const found = await whatIf(app, asked)
  expect(found).toMatchObject({
    asked: asked.toSorted(),
    counted: ['email', 'offline_access', 'openid'],
    verdict: { kind: 'approval-needed', missing: ['offline_access'] },
  })
  expect(found.steps[0]?.sentence).toBe(
    `“Use scope 0” counts for nothing in ${here.name}, and is left out. “Keep access while you are away” is added: ${app.name} gets tokens that it can renew.`,
  )
  expect(await served(app, asked)).toBe('interaction_required')
  await list(app, 'offline_access')
  expect((await whatIf(app, asked)).verdict.kind).toBe('consent')
  expect(await served(app, asked)).toBe('consent_required')
})

it('leaves keeping access out where no token can be renewed, as the server does', async () => {
  const app = await make({ grantTypes: ['authorization_code'] })
  await list(app, 'openid')
  const asked = ['openid', 'offline_access']
  const found = await whatIf(app, asked)
  expect(found).toMatchObject({ counted: ['openid'], verdict: { kind: 'consent' } })
  expect(found.steps[0]?.sentence).toContain('“Keep access while you are away” is left out')
  expect(await served(app, asked)).toBe('consent_required')
})

it('a scope that has ended counts for nothing, too', async () => {
  const app = await make()
  await list(app, 'openid', 'offline_access')
  await database().update(scopes).set({ endedAt: new Date() }).where(eq(scopes.name, theirs))
  expect((await whatIf(app, ['openid', theirs])).verdict.kind).toBe('consent')
  expect(await served(app, ['openid', theirs])).toBe('consent_required')
})

it('what is void here is nothing that an entry lacks, that could be added to it, or that keeps an app from being open', async () => {
  const app = await make()
  const admin = as(here.owner)
  await expect(list(app, theirs)).rejects.toMatchObject({ code: 'invalid' })
  expect((await addEntry(admin, { ...root, clientId: app.clientId })).scopes).toEqual([
    'email',
    'offline_access',
    'openid',
  ])
  expect((await listEntries(admin, root)).rows[0]?.beyond).toEqual([])
  const shown = await getListableApp(admin, { ...root, clientId: app.clientId })
  expect(shown.scopes.map(({ name }) => name)).not.toContain(theirs)
  const preview = await previewPolicy(admin, { ...root, mode: 'unrestricted' })
  expect(preview.apps).toMatchObject([{ appId: app.id, outcome: 'stays-open' }])
})

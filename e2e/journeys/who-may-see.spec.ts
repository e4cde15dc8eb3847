import { and, eq, isNull } from 'drizzle-orm'
import { database } from '#db/client'
import { memberships } from '#db/schema/organizations'
import { makeApp, makeBusinessGroup } from '#test/factories'
import { connectedApps } from '../console.ts'
import { expect, test } from '../fixtures.ts'
import { makeHouse, makePerson } from '../people.ts'

test('who neither administers nor develops sees no Connected Apps: 403, whatever the ID [P1]', async ({
  openWindow,
}) => {
  const { organization } = await makeHouse('Northwind Trading', 'Ada Berg')
  const app = await makeApp({ organization, name: 'Ledgerline' })
  const member = await makePerson(organization, 'member', 'Mia Lindqvist')
  const page = await openWindow(member)
  await page.goto('/')
  await expect(page.getByRole('heading', { name: 'My apps' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Connected Apps' })).toBeHidden()
  const parts = ['owned-apps', `owned-apps/${app.id}`, 'owned-apps/app_01jw371xjfeqnvmbv0azcmp7zz']
  for (const part of [
    ...parts,
    'authorizations',
    'policy',
    'policy/allowlist',
    'policy/requests',
    'scopes',
  ]) {
    const answer = await page.goto(connectedApps(organization, part))
    expect(answer?.status(), part).toBe(403)
    await expect(page.getByRole('heading', { name: 'You don’t have access to this page' })).toBeVisible()
    await expect(page.getByText('Ledgerline')).toBeHidden()
  }
})

test('a business-group administrator sees their branch and nothing beside it [P3]', async ({
  openWindow,
}) => {
  const { organization } = await makeHouse('Northwind Trading', 'Ada Berg')
  const [finance, logistics] = [
    await makeBusinessGroup(organization, { name: 'Finance' }),
    await makeBusinessGroup(organization, { name: 'Logistics' }),
  ]
  const below = await makeBusinessGroup(finance, { name: 'Payroll' })
  const apps = {
    root: await makeApp({ organization, name: 'Root app' }),
    own: await makeApp({ organization: finance, name: 'Finance app' }),
    below: await makeApp({ organization: below, name: 'Payroll app' }),
    beside: await makeApp({ organization: logistics, name: 'Logistics app' }),
  }
  const page = await openWindow(await makePerson(finance, 'administrator', 'Faye Sandoval'))
  await page.goto('/')
  await expect(page).toHaveURL(connectedApps(finance, 'owned-apps'))
  const table = page.getByRole('table', { name: 'Owned Apps' })
  await expect(table.getByRole('link', { name: 'Finance app' })).toBeVisible()
  await expect(table.getByRole('link', { name: 'Payroll app' })).toBeVisible()
  await expect(table.getByRole('row')).toHaveCount(3)
  await expect(page.getByRole('link', { name: /^(Authorizations|Policy)/ })).toHaveCount(0)

  const statusOf = async (path: string) => (await page.goto(path))?.status()
  expect(await statusOf(connectedApps(finance, `owned-apps/${apps.own.id}`))).toBe(200)
  expect(await statusOf(connectedApps(finance, `owned-apps/${apps.below.id}`))).toBe(200)
  for (const app of [apps.root, apps.beside])
    expect(await statusOf(connectedApps(finance, `owned-apps/${app.id}`)), app.name).toBe(404)
  expect(await statusOf(connectedApps(logistics, 'owned-apps'))).toBe(404)
  expect(await statusOf(connectedApps(organization, 'owned-apps'))).toBe(200)
  await expect(table.getByRole('row'), 'their branch, from above too').toHaveCount(3)
  for (const part of ['authorizations', 'policy'])
    expect([403, 404], part).toContain(await statusOf(connectedApps(organization, part)))
})

test('a developer sees the apps they own, and nothing of the policy [P1]', async ({ openWindow }) => {
  const { organization } = await makeHouse('Northwind Trading', 'Ada Berg')
  const dev = await makePerson(organization, 'developer', 'Dev Patel')
  await makeApp({ organization, name: 'Theirs', ownerId: dev.id })
  const other = await makeApp({ organization, name: 'Somebody else’s' })
  const page = await openWindow(dev)
  await page.goto('/')
  const table = page.getByRole('table', { name: 'Owned Apps' })
  await expect(table.getByRole('link', { name: 'Theirs' })).toBeVisible()
  await expect(table.getByRole('row')).toHaveCount(2)
  await expect(page.getByRole('link', { name: /^(Authorizations|Policy)/ })).toHaveCount(0)
  expect((await page.goto(connectedApps(organization, `owned-apps/${other.id}`)))?.status()).toBe(404)
  for (const part of ['authorizations', 'policy', 'policy/allowlist', 'policy/requests'])
    expect((await page.goto(connectedApps(organization, part)))?.status(), part).toBe(403)
})

test('a right that is withdrawn is gone at the next request, in a browser that stayed open [P4]', async ({
  openWindow,
}) => {
  const { organization } = await makeHouse('Northwind Trading', 'Ada Berg')
  const app = await makeApp({ organization, name: 'Ledgerline' })
  const ben = await makePerson(organization, 'administrator', 'Ben Okafor')
  const page = await openWindow(ben)
  await page.goto(connectedApps(organization, `owned-apps/${app.id}`))
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Mine now')
  await database()
    .update(memberships)
    .set({ role: 'member' })
    .where(and(eq(memberships.userId, ben.id), isNull(memberships.endedAt)))

  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByRole('alert').filter({ hasText: /\S/ }).first()).toBeVisible()
  const answer = await page.request.get(connectedApps(organization, `owned-apps/${app.id}`))
  expect(answer.status()).toBe(403)
  const read = await page.request.get(`/api/v1/connected-apps/${app.id}`)
  expect(read.status()).toBe(403)
})

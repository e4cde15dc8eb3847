import type { Page } from '@playwright/test'
import { environment } from '#lib/base/env'
import { addMember } from '#lib/domain/organizations/add-member'
import { as } from '#test/actors'
import { type MadeOrganization, makeApp, makeBusinessGroup } from '#test/factories'
import { callApi } from '../asks.ts'
import { accessManagement, chooseFromMenu, connectedApps, createApp, takeCredentials } from '../console.ts'
import { expect, test } from '../fixtures.ts'
import { makeHouse, makePerson } from '../people.ts'

test('a business group is made, given an administrator and an app, moved and deleted [P3] [P86] [P87] [P130]', async ({
  openWindow,
}) => {
  const { organization, owner } = await makeHouse('Northwind Trading', 'Ada Berg')
  const care = await makeBusinessGroup(organization, { name: 'Care' })
  const careLead = await makePerson(care, 'administrator', 'Cora Lang')
  const faye = await makePerson(organization, 'member', 'Faye Sandoval')
  const ada = await openWindow(owner)

  // Two levels.
  await ada.goto(accessManagement(organization, 'business-groups'))
  await ada.getByRole('button', { name: 'Create business group' }).click()
  await nameIt(ada, 'Sales')
  await chooseFromMenu(ada, 'Sales', 'Create business group here…')
  await nameIt(ada, 'Field')
  await chooseFromMenu(ada, 'Sales', 'Create business group here…')
  await nameIt(ada, 'East')
  await expect(rowOf(ada, 'Field')).toBeVisible()
  const [sales, field, east] = [
    await groupOf(ada, organization, 'Sales'),
    await groupOf(ada, organization, 'Field'),
    await groupOf(ada, organization, 'East'),
  ]
  await addMember(as(owner), { organizationId: sales.id, userId: faye.id, role: 'administrator' })

  // Its administrator sees their branch, and nothing beside it.
  const page = await openWindow(faye)
  await page.goto('/')
  await page.getByRole('link', { name: 'Business groups' }).click()
  await expect(page.getByRole('table', { name: 'Business groups' }).getByRole('row')).toHaveCount(4)
  await expect(page.getByText('Care')).toBeHidden()
  expect(await statusOf(page, care)).toBe(404)
  expect(await statusOf(page, organization)).toBe(404)
  expect(await statusOf(page, east)).toBe(200)

  // An app that acts for itself, in Sales and in Field.
  await page.goto(connectedApps(sales, 'owned-apps/new'))
  await createApp(page, {
    name: 'Tree walker',
    actsAs: 'On its own behalf',
    scopes: ['See organizations'],
    places: { 'organizations:read': ['Sales', 'Field', 'East'] },
  })
  const token = await tokenOf(await takeCredentials(page))
  const mayRead = (place: MadeOrganization) => callApi(token, `organizations/${place.id}`)
  for (const place of [sales, field, east]) expect(await mayRead(place), place.name).toBe(200)
  expect(await mayRead(care)).toBe(403)

  // East goes to Care: rights are inherited from there, and the app of Sales has no place in it any more.
  await ada.goto(accessManagement(organization, 'business-groups'))
  await chooseFromMenu(ada, 'East', 'Move…')
  const moving = ada.getByRole('dialog', { name: 'Move East' })
  await moving.getByRole('combobox', { name: 'Below' }).click()
  await ada.getByRole('option', { name: /^Care/ }).click()
  await expect(moving.getByText('1 place of 1 app from outside ends')).toBeVisible()
  await moving.getByRole('button', { name: 'Move below Care' }).click()
  await expect(ada.getByText('East stands below Care now.')).toBeVisible()
  expect(await mayRead(east), 'with the token it had').toBe(403)
  expect(await mayRead(field)).toBe(200)
  expect(await statusOf(page, east)).toBe(404)
  const cora = await openWindow(careLead)
  expect(await statusOf(cora, east)).toBe(200)

  // Field is deleted: the token loses it at once, and keeps Sales.
  await chooseFromMenu(ada, 'Field', 'Delete…')
  const deleting = ada.getByRole('alertdialog', { name: 'Delete Field?' })
  const confirm = deleting.getByRole('button', { name: 'Delete business group' })
  await expect(deleting.getByText('place of an app ends')).toBeVisible()
  await expect(confirm).toBeDisabled()
  await deleting.getByLabel(/Field/).fill('Field')
  await confirm.click()
  await expect(ada.getByText('Field is deleted.')).toBeVisible()
  await expect(rowOf(ada, 'Field')).toBeHidden()
  expect(await mayRead(field)).toBe(403)
  expect(await mayRead(sales)).toBe(200)

  // Sales goes too, and its app to the organization above and to its owner.
  await chooseFromMenu(ada, 'Sales', 'Delete…')
  const ending = ada.getByRole('alertdialog', { name: 'Delete Sales?' })
  await ending.getByLabel(/Type Sales/).fill('Sales')
  await expect(ending.getByRole('button', { name: 'Delete business group' })).toBeDisabled()
  await ending.getByRole('checkbox', { name: 'Move it to Northwind Trading' }).check()
  await expect(ending.getByText('1 app goes to Ada Berg')).toBeVisible()
  await ending.getByRole('button', { name: 'Move apps and delete' }).click()
  await expect(ada.getByText('Sales is deleted.')).toBeVisible()
  expect(await mayRead(sales)).toBe(403)
  await ada.goto(connectedApps(organization, 'owned-apps?q=Tree'))
  const row = ada.getByRole('row').filter({ hasText: 'Tree walker' })
  await expect(row).toContainText('Ada Berg')
  await page.goto('/')
  await expect(page.getByRole('heading', { name: 'My apps' })).toBeVisible()
})

test('an app goes to another business group, and with it goes who looks after it [P3]', async ({
  openWindow,
}) => {
  const { organization, owner } = await makeHouse('Northwind Trading', 'Ada Berg')
  const sales = await makeBusinessGroup(organization, { name: 'Sales' })
  const care = await makeBusinessGroup(organization, { name: 'Care' })
  const [salesLead, careLead] = [
    await makePerson(sales, 'administrator', 'Faye Sandoval'),
    await makePerson(care, 'administrator', 'Cora Lang'),
  ]
  const app = await makeApp({ organization: sales, ownerId: owner.id, name: 'Ledgerline' })
  const [ada, faye, cora] = [await openWindow(owner), await openWindow(salesLead), await openWindow(careLead)]
  const statusFor = async (page: Page, place: MadeOrganization) =>
    (await page.goto(connectedApps(place, `owned-apps/${app.id}`)))?.status()
  expect([await statusFor(faye, sales), await statusFor(cora, care)]).toEqual([200, 404])

  await ada.goto(connectedApps(organization, `owned-apps/${app.id}`))
  await chooseFromMenu(ada, 'Ledgerline', 'Move…')
  const moving = ada.getByRole('dialog', { name: 'Move Ledgerline' })
  await expect(moving.getByText('It resides in Sales.')).toBeVisible()
  await moving.getByRole('combobox', { name: 'To' }).click()
  await ada.getByRole('option', { name: /^Care/ }).click()
  await expect(moving.getByText('administrator can change it no more')).toBeVisible()
  await expect(moving.getByText('administrator can change it from now on')).toBeVisible()
  await moving.getByRole('button', { name: 'Move to Care' }).click()
  await expect(ada.getByText('Ledgerline resides in Care now.')).toBeVisible()
  expect([await statusFor(faye, sales), await statusFor(cora, care)]).toEqual([404, 200])
})

test('settings saved by two at once lose nothing, and close the creation of apps [P126]', async ({
  openWindow,
}) => {
  const { organization, owner } = await makeHouse('Northwind Trading', 'Ada Berg')
  const second = await makePerson(organization, 'administrator', 'Ben Osei')
  const [ada, ben] = [await openWindow(owner), await openWindow(second)]
  for (const page of [ada, ben]) await page.goto(accessManagement(organization, 'settings'))
  await ada.getByRole('radio', { name: 'Nobody' }).check()
  await ada.getByRole('textbox', { name: 'Name' }).fill('Northwind')
  await ben.getByRole('textbox', { name: 'Name' }).fill('Northwind Group')
  await ben.getByRole('button', { name: 'Save changes' }).click()
  await expect(ben.getByText('Saved.')).toBeVisible()

  await ada.getByRole('button', { name: 'Save changes' }).click()
  await expect(ada.getByText('Ben Osei changed the name while you were editing.')).toBeVisible()
  await expect(ada.getByRole('textbox', { name: 'Name' })).toHaveValue('Northwind')
  await ada.getByRole('button', { name: 'Use that as name' }).click()
  await expect(ada.getByRole('textbox', { name: 'Name' })).toHaveValue('Northwind Group')
  await ada.getByRole('button', { name: 'Save changes' }).click()
  await expect(ada.getByText('Saved.')).toBeVisible()

  await ben.goto(connectedApps(organization, 'owned-apps'))
  await expect(ben.getByText('Northwind Group has closed the creation of apps.')).toBeVisible()
  await expect(ben.getByRole('link', { name: 'Create app' })).toHaveCount(0)
  expect((await ben.goto(connectedApps(organization, 'owned-apps/new')))?.status()).toBe(403)
})

async function nameIt(page: Page, name: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: /^Create a business group/ })
  await dialog.getByLabel('Name').fill(name)
  await dialog.getByRole('button', { name: 'Create' }).click()
  await expect(dialog).toBeHidden()
}

function rowOf(page: Page, name: string) {
  return page
    .getByRole('table', { name: 'Business groups' })
    .getByRole('row')
    .filter({ has: page.getByRole('link', { name, exact: true }) })
}

/** A group that was made on the page, by the id its row links to. */
async function groupOf(page: Page, root: MadeOrganization, name: string): Promise<MadeOrganization> {
  const href = (await rowOf(page, name).getByRole('link', { name }).getAttribute('href')) ?? ''
  const id = /org_\w+/.exec(href)?.[0] as MadeOrganization['id']
  return { ...root, id, name }
}

async function statusOf(page: Page, place: MadeOrganization): Promise<number | undefined> {
  return (await page.goto(accessManagement(place, 'business-groups')))?.status()
}

async function tokenOf({
  clientId,
  clientSecret,
}: {
  clientId: string
  clientSecret?: string
}): Promise<string> {
  const answer = await fetch(`${environment().publicUrl}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
  })
  expect(answer.status).toBe(200)
  return ((await answer.json()) as { access_token: string }).access_token
}

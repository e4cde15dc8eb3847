import { connectedApps } from '../console.ts'
import { expect, test } from '../fixtures.ts'
import { makeHouse, makePerson } from '../people.ts'

test('where there is nothing yet, each page says what would be there and how it gets there', async ({
  openWindow,
}) => {
  const { organization, owner } = await makeHouse('Northwind Trading', 'Ada Berg')
  const page = await openWindow(owner)
  const empty = {
    'owned-apps': 'No apps yet',
    authorizations: 'Nobody has authorized an app yet',
    'policy/allowlist': 'The allowlist is empty',
    'policy/requests': /^(No|Nobody)/,
  }
  for (const [part, words] of Object.entries(empty)) {
    await page.goto(connectedApps(organization, part))
    await expect(page.getByRole('main').getByText(words).first(), part).toBeVisible()
  }
  await page.goto(connectedApps(organization, 'owned-apps'))
  await page.getByRole('main').getByRole('link', { name: 'Create app' }).first().click()
  await expect(page.getByRole('heading', { name: 'Create app' })).toBeVisible()
  await page.goto(connectedApps(organization, 'owned-apps?q=nothing-is-called-this'))
  await expect(page.getByText('No apps yet').or(page.getByText('No app matches'))).toBeVisible()

  const member = await openWindow(await makePerson(organization, 'member', 'Mia Lindqvist'))
  await member.goto('/my-apps')
  await expect(member.getByText('No app acts for you')).toBeVisible()
})

test('what is not there answers 404 in words, for a person and for a stranger to it', async ({
  openWindow,
}) => {
  const { organization, owner } = await makeHouse('Northwind Trading', 'Ada Berg')
  const page = await openWindow(owner)
  for (const path of ['/nothing', connectedApps(organization, 'nothing'), '/o/nowhere']) {
    expect((await page.goto(path))?.status(), path).toBe(404)
    await expect(page.getByRole('heading', { level: 1 }), path).toBeVisible()
  }
  expect(
    (await page.goto(connectedApps(organization, 'owned-apps/app_01jw371xjfeqnvmbv0azcmp7zz')))?.status(),
  ).toBe(404)
})

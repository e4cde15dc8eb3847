import { restrict } from '#lib/domain/allowlist/restrict'
import { as } from '#test/actors'
import { makeApp } from '#test/factories'
import { connectedApps } from '../console.ts'
import { expect, test } from '../fixtures.ts'
import { makeHouse, makePerson } from '../people.ts'

test('whoever waits for an approval withdraws their request: nobody is asked any more, and they may ask again [P61 P70]', async ({
  openWindow,
  startApp,
}) => {
  const { organization, owner } = await makeHouse('Northwind Trading', 'Ada Berg')
  const { organization: kestrel } = await makeHouse('Kestrel Software', 'Kim Reyes')
  const mia = await makePerson(organization, 'member', 'Mia Lindqvist')
  await restrict(as(owner), { rootOrganizationId: organization.id })
  const foreign = await startApp()
  const made = await makeApp({
    organization: kestrel,
    name: 'Parcelwise',
    audience: 'everyone',
    redirectUris: [foreign.callbackUrl],
  })
  const [page, desk] = [await openWindow(mia), await openWindow(owner)]
  await page.goto('/my-apps')
  const issuer = new URL(page.url()).origin
  await foreign.configure({ issuer, clientId: made.clientId, clientSecret: made.secret })

  const ask = page.getByRole('button', { name: 'Request approval' })
  await page.goto(foreign.signInUrl('openid profile'))
  await page.getByLabel('Why do you need it?').fill('Labels for the returns desk')
  await ask.click()
  await expect(page.getByText('Waiting for approval')).toBeVisible()
  await desk.goto(connectedApps(organization, 'policy/requests'))
  await expect(desk.getByText('“Labels for the returns desk”')).toBeVisible()

  await page.getByRole('button', { name: 'Withdraw my request' }).click()
  await expect(ask).toBeVisible()
  await expect(page.getByText('Waiting for approval')).toBeHidden()
  await desk.goto(connectedApps(organization, 'policy/requests'))
  await expect(desk.getByText('Nobody is waiting')).toBeVisible()
  await desk.goto(connectedApps(organization, 'policy/requests?show=answered'))
  await expect(desk.getByRole('main').getByText('Withdrawn').first()).toBeVisible()

  await page.getByLabel('Why do you need it?').fill('Now I do')
  await ask.click()
  await expect(page.getByText('Waiting for approval')).toBeVisible()
  await desk.goto(connectedApps(organization, 'policy/requests'))
  await expect(desk.getByText('“Now I do”')).toBeVisible()
})

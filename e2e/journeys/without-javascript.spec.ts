import { restrict } from '#lib/domain/allowlist/restrict'
import { as } from '#test/actors'
import { makeApp } from '#test/factories'
import { expect, test } from '../fixtures.ts'
import { fillInSignIn, makeHouse, makePerson } from '../people.ts'
import { makeRequest } from '../requests.ts'

test('a person signs in, authorizes one app and asks for another without JavaScript [P61 P70]', async ({
  openWindow,
  startApp,
}) => {
  const { organization, owner } = await makeHouse('Northwind Trading', 'Ada Berg')
  const { organization: kestrel } = await makeHouse('Kestrel Software', 'Kim Reyes')
  const mia = await makePerson(organization, 'member', 'Mia Lindqvist')
  const page = await openWindow(null, { javaScriptEnabled: false })
  await page.goto('/sign-in')
  const issuer = new URL(page.url()).origin
  const [own, foreign] = [await startApp(), await startApp()]
  for (const [app, publisher, name] of [
    [own, organization, 'Ledgerline'],
    [foreign, kestrel, 'Parcelwise'],
  ] as const) {
    const made = await makeApp({
      organization: publisher,
      name,
      audience: 'everyone',
      redirectUris: [app.callbackUrl],
    })
    await app.configure({ issuer, clientId: made.clientId, clientSecret: made.secret })
  }
  await restrict(as(owner), { rootOrganizationId: organization.id })

  await page.goto(own.signInUrl('openid profile'))
  await fillInSignIn(page, { ...mia, password: 'not the password' })
  await expect(page.getByRole('alert')).toBeVisible()
  await expect(page.getByLabel('Username or e-mail address')).toHaveValue(mia.username)
  await fillInSignIn(page, mia)
  await page.getByRole('button', { name: 'Authorize' }).click()
  await expect(page.getByRole('heading', { name: 'Signed in as Mia Lindqvist' })).toBeVisible()

  await page.goto(foreign.signInUrl('openid profile'))
  await page.getByLabel('Why do you need it?').fill('Labels')
  await page.getByRole('button', { name: 'Request approval' }).click()
  await expect(page.getByText('Waiting for approval')).toBeVisible()
  await page.getByRole('button', { name: 'Back to Parcelwise' }).click()
  await expect(page.getByText(/^access_denied/)).toBeVisible()

  await page.goto('/my-apps')
  await page.getByText('Ledgerline').click()
  await page.getByRole('link', { name: 'Remove Ledgerline…' }).click()
  await page.getByRole('button', { name: /^Remove/ }).click()
  await expect(page.getByText('No app acts for you')).toBeVisible()
  await expect(own.refresh()).rejects.toMatchObject({ error: 'invalid_grant' })
})

test('an administrator answers a request without JavaScript [P63 P67]', async ({ openWindow }) => {
  const { owner, link } = await makeRequest()
  const page = await openWindow(null, { javaScriptEnabled: false })
  await page.goto(link)
  await fillInSignIn(page, owner)
  await page.getByRole('checkbox', { name: 'See your name and username' }).uncheck()
  await page.getByRole('button', { name: 'Allowlist app for Northwind Trading' }).click()
  await expect(page.getByText(/not for: See your name and username/)).toBeVisible()
})

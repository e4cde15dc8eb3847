import { connectedApps } from '../console.ts'
import { expect, test } from '../fixtures.ts'
import { fillInSignIn } from '../people.ts'
import { makeRequest } from '../requests.ts'

test('an administrator who is signed out signs in and comes back to the link [P63 P64 P69]', async ({
  openWindow,
}) => {
  const { owner, link } = await makeRequest()
  const page = await openWindow()
  await page.goto(link)
  await expect(page).toHaveURL(/\/sign-in\?returnTo=/)
  await expect(page.getByText('Parcelwise')).toBeHidden()
  await fillInSignIn(page, owner)
  await expect(page).toHaveURL(link)
  await expect(page.getByText('“Labels for the returns desk”')).toBeVisible()
  await page.getByRole('button', { name: 'Allowlist app for Northwind Trading' }).click()
  const done = page.getByRole('heading', { name: 'Parcelwise is on the allowlist of Northwind Trading' })
  await expect(done).toBeVisible()
  await page.goto(link)
  await expect(done).toBeVisible()
})

test('a member who opens the link is told so, and learns nothing of app or people [P65]', async ({
  openWindow,
}) => {
  const { member, link } = await makeRequest()
  const page = await openWindow(member)
  await page.goto(link)
  await expect(page.getByRole('heading', { name: 'Only an administrator can approve this' })).toBeVisible()
  for (const words of ['Parcelwise', 'returns desk', 'See your name'])
    await expect(page.getByRole('main')).not.toContainText(words)
  await expect(page.getByRole('button', { name: /^Allowlist/ })).toBeHidden()

  await page.goto('/approvals/apr_01jw371xjfeqnvmbv0azcmp7zz')
  await expect(page.getByRole('heading', { name: 'Only an administrator can approve this' })).toBeVisible()
})

test('opening the link, by a person or a scanner, changes nothing; neither does a form from elsewhere; nor Cancel [P66 P68]', async ({
  openWindow,
}) => {
  const { organization, owner, member, link } = await makeRequest()
  const page = await openWindow(owner)
  await page.goto(link)
  const button = page.getByRole('button', { name: 'Allowlist app for Northwind Trading' })
  await expect(button).toBeVisible()
  expect((await page.request.head(link)).status()).toBe(200)
  expect((await page.request.get(`${link}/approval`)).status()).toBe(405)

  const token = await page.locator('form input[type=hidden]').first().inputValue()
  const forged = await page.request.post(`${link}/approval`, {
    form: { token, scope: 'openid' },
    headers: { origin: 'https://elsewhere.example' },
    maxRedirects: 0,
  })
  expect(forged.status()).toBe(303)
  const theirs = await openWindow(member)
  const tried = await theirs.request.post(`${link}/approval`, {
    form: { token, scope: 'openid' },
    headers: { origin: new URL(page.url()).origin },
    maxRedirects: 0,
  })
  expect(tried.status()).toBe(303)

  await page.goto(link)
  await expect(button, 'it still waits').toBeVisible()
  await page.getByRole('link', { name: 'Cancel' }).click()
  await page.goto(connectedApps(organization, 'policy/allowlist'))
  await expect(page.getByText('The allowlist is empty')).toBeVisible()
})

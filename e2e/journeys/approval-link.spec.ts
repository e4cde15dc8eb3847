import type { Page } from '@playwright/test'
import { FORM_TOKEN_FIELD } from '#lib/base/form-token'
import { createGroup } from '#lib/domain/people/create-group'
import { as } from '#test/actors'
import { connectedApps } from '../console.ts'
import { expect, test } from '../fixtures.ts'
import { fillInSignIn } from '../people.ts'
import { makeRequest } from '../requests.ts'

const NOT_YOURS = 'Only an administrator of its organization can approve this'

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
  await expect(page.getByRole('heading', { name: NOT_YOURS })).toBeVisible()
  for (const words of ['Parcelwise', 'returns desk', 'See your name'])
    await expect(page.getByRole('main')).not.toContainText(words)
  await expect(page.getByRole('button', { name: /^Allowlist/ })).toBeHidden()

  await page.goto('/approvals/apr_01jw371xjfeqnvmbv0azcmp7zz')
  await expect(page.getByRole('heading', { name: NOT_YOURS })).toBeVisible()
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

  const hidden = (name: string) => page.locator(`input[type=hidden][name=${name}]`).inputValue()
  const token = await hidden(FORM_TOKEN_FIELD)
  const form = { [FORM_TOKEN_FIELD]: token, appVersion: await hidden('appVersion'), scope: 'openid' }
  const { origin } = new URL(page.url())
  const post = async (from: Page, sent: Record<string, string>, said: string) => {
    const settings = { form: sent, headers: { origin: said }, maxRedirects: 0 }
    expect((await from.request.post(`${link}/approval`, settings)).status()).toBe(303)
  }
  await post(page, form, 'https://elsewhere.example')
  await post(page, { ...form, [FORM_TOKEN_FIELD]: `${token}x` }, origin)
  await post(await openWindow(member), form, origin)

  await page.goto(link)
  await expect(button, 'it still waits').toBeVisible()
  await page.getByRole('link', { name: 'Cancel' }).click()
  await page.goto(connectedApps(organization, 'policy/allowlist'))
  await expect(page.getByText('The allowlist is empty')).toBeVisible()

  // It was not for another reason that nothing happened: the same form, sent as the page sends it, approves.
  await post(page, form, origin)
  await page.goto(link)
  await expect(page.getByRole('heading', { name: /is on the allowlist of Northwind Trading/ })).toBeVisible()
})

test('an approval that is refused leaves chosen what was chosen, also without JavaScript [P67]', async ({
  openWindow,
}) => {
  const { organization, owner, link } = await makeRequest()
  await createGroup(as(owner), { rootOrganizationId: organization.id, name: 'Returns desk' })
  const page = await openWindow(owner, { javaScriptEnabled: false })
  await page.goto(link)
  const name = page.getByRole('checkbox', { name: 'See your name and username' })
  await name.uncheck()
  await page.getByText('Until when, and for whom').click()
  await page.getByLabel('For', { exact: true }).selectOption('Returns desk')
  const button = page.getByRole('button', { name: 'Allowlist app for Northwind Trading' })
  await button.click()
  await expect(page.getByRole('alert').first()).toContainText('is not in the group Returns desk')
  await expect(name).not.toBeChecked()
  await expect(page.getByRole('checkbox', { checked: true })).toHaveCount(1)
  await page.getByLabel('For', { exact: true }).selectOption('Everyone')
  await button.click()
  await expect(page.getByText('It is approved for a part of what was asked here')).toBeVisible()
})

import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures.ts'
import { openMail } from '../mailbox.ts'
import { fillInSignIn, makeHouse, makePerson, signInAt } from '../people.ts'

const NEW = 'another four words entirely'

/** Notes every Referer that a browser sends while this page is used. */
function referersOf(page: Page): string[] {
  const referers: string[] = []
  page.on('request', async (request) => {
    referers.push((await request.allHeaders().catch(() => request.headers())).referer ?? '')
  })
  return referers
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? '' : ' without JavaScript'

  test(`a forgotten password is replaced by a mailed link, and the old session is out${how}`, async ({
    openWindow,
  }) => {
    const { organization } = await makeHouse('Northwind Trading', 'Ada Berg')
    const mia = await makePerson(organization, 'member', 'Mia Lindqvist')
    const former = await openWindow(mia)
    const page = await openWindow(null, { javaScriptEnabled })
    const referers = referersOf(page)

    for (const login of ['nobody-of-that-name', mia.username]) {
      await page.goto('/sign-in')
      await page.getByRole('link', { name: 'Forgotten your password?' }).click()
      // The page before has a field of the same name.
      await expect(page.getByRole('heading', { name: 'Forgotten your password?' })).toBeVisible()
      await page.getByLabel('Username or e-mail address').fill(login)
      await page.getByRole('button', { name: 'Send me a link' }).click()
      await expect(page.getByRole('heading', { name: 'Look into your mail' })).toBeVisible()
    }
    await openMail(page, mia.email)
    await page.getByRole('link', { name: /reset-password/ }).click()
    await expect(page.getByRole('heading', { name: 'Choose a new password' })).toBeVisible()
    const link = page.url()
    // The link was opened, and nothing has changed yet.
    await former.goto('/account')
    await expect(former.getByText(mia.email)).toBeVisible()

    // Browsers hold short ones back; whatever gets past them is refused here.
    await page.getByLabel('New password').evaluate((field) => field.removeAttribute('minlength'))
    await page.getByLabel('New password').fill('too short')
    await page.getByRole('button', { name: 'Set the new password' }).click()
    await expect(page.getByText('A password has at least 12 characters.')).toBeVisible()
    await page.getByLabel('New password').fill(NEW)
    await page.getByRole('button', { name: 'Set the new password' }).click()
    await expect(page.getByText('Your new password is set')).toBeVisible()
    await fillInSignIn(page, mia)
    await expect(page.getByText('This username and password do not go together.')).toBeVisible()
    await fillInSignIn(page, { ...mia, password: NEW })
    await expect(page.getByRole('heading', { name: 'My apps' })).toBeVisible()

    await former.goto('/account')
    await expect(former.getByRole('heading', { name: 'Sign in' })).toBeVisible()
    await page.goto(link)
    await expect(page.getByRole('heading', { name: 'This link is no longer good' })).toBeVisible()
    expect(referers.filter((referer) => referer.includes('token'))).toEqual([])
  })

  test(`an e-mail address changes once its mailbox confirmed it${how}`, async ({ openWindow }) => {
    const { organization } = await makeHouse('Northwind Trading', 'Ada Berg')
    const mia = await makePerson(organization, 'member', 'Mia Lindqvist')
    const stranger = await makePerson(organization, 'member', 'Noor Haddad')
    const email = `new-${mia.email}`
    const page = await openWindow(mia, { javaScriptEnabled })
    await page.goto('/account')
    await page.getByRole('link', { name: 'Change your e-mail address' }).click()
    await page.getByLabel('New e-mail address').fill(email)
    await page.getByLabel('Your password').fill('not the password')
    await page.getByRole('button', { name: 'Send the link' }).click()
    await expect(page.getByText('This is not your present password.')).toBeVisible()
    await expect(page.getByLabel('New e-mail address')).toHaveValue(email)
    await page.getByLabel('Your password').fill(mia.password)
    await page.getByRole('button', { name: 'Send the link' }).click()
    await expect(page.getByText(`A link is on its way to ${email}`)).toBeVisible()
    await expect(page.getByText(`${email} waits to be confirmed`)).toBeVisible()

    await openMail(page, email)
    const address = page.getByRole('link', { name: /confirmation/ })
    const elsewhere = await openWindow(stranger, { javaScriptEnabled })
    await elsewhere.goto((await address.getAttribute('href')) ?? '')
    await expect(
      elsewhere.getByRole('heading', { name: 'This link belongs to another account' }),
    ).toBeVisible()

    await address.click()
    await page.getByRole('button', { name: 'Use this address' }).click()
    await expect(page.getByText(`Your e-mail address is ${email} now.`)).toBeVisible()
    await openMail(page, mia.email)
    await expect(page.getByRole('article').getByText(`is ${email} now`)).toBeVisible()
  })
}

test('a person changes name and password, and signs out their other browsers', async ({ openWindow }) => {
  const { organization } = await makeHouse('Northwind Trading', 'Ada Berg')
  const mia = await makePerson(organization, 'member', 'Mia Lindqvist')
  const [page, phone, tablet] = [await openWindow(mia), await openWindow(mia), await openWindow(mia)]
  await page.goto('/account')
  await page.getByRole('link', { name: 'Change your name' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Mia Berg')
  await page.getByRole('button', { name: 'Change name' }).click()
  await expect(page.getByText('Your name is changed.')).toBeVisible()

  const others = page.getByRole('button', { name: /^Sign out A browser/ })
  await expect(others).toHaveCount(2)
  await others.first().click()
  await expect(page.getByText('That browser is signed out.')).toBeVisible()
  await page.getByRole('button', { name: 'Sign out everywhere else' }).click()
  await expect(page.getByText('One other browser is signed out.')).toBeVisible()
  for (const other of [phone, tablet]) {
    await other.goto('/account')
    await expect(other.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  }

  await signInAt(phone.context(), mia)
  await page.getByRole('link', { name: 'Change your password' }).click()
  await page.getByLabel('Present password').fill(mia.password)
  await page.getByLabel('New password').fill(NEW)
  await page.getByRole('button', { name: 'Change password' }).click()
  await expect(page.getByText('Your password is changed')).toBeVisible()
  await phone.goto('/account')
  await fillInSignIn(phone, { ...mia, password: NEW })
  await expect(phone.getByText('Mia Berg').first()).toBeVisible()
})

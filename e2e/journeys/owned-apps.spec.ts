import type { Locator, Page } from '@playwright/test'
import { eq } from 'drizzle-orm'
import sharp from 'sharp'
import { database } from '#db/client'
import { connectedApps as apps } from '#db/schema/connected-apps'
import { environment } from '#lib/base/env'
import { makeApp, makeBusinessGroup } from '#test/factories'
import { connectedApps } from '../console.ts'
import { expect, test } from '../fixtures.ts'
import { fillInSignIn, makeHouse, makePerson } from '../people.ts'

test('apps are found, chosen and disabled together by the keyboard alone [P18 P23 P33]', async ({
  openWindow,
}) => {
  const { organization, owner } = await makeHouse('Northwind Trading', 'Ada Berg')
  const finance = await makeBusinessGroup(organization, { name: 'Finance' })
  for (const name of ['Budget Planner', 'Expense Cards', 'Ledgerline'])
    await makeApp({ organization: finance, name })
  await makeApp({ organization, name: 'Order Desk' })
  const page = await openWindow(owner)
  await page.goto(`${connectedApps(organization, 'owned-apps')}?residence=${finance.id}`)
  const table = page.getByRole('table', { name: 'Owned Apps' })
  await expect(table.getByRole('row')).toHaveCount(4)

  await page.getByRole('searchbox', { name: 'Search apps' }).focus()
  await page.keyboard.type('e')
  await expect(table.getByRole('row')).toHaveCount(2)
  await page.keyboard.press('Backspace')
  await expect(table.getByRole('row')).toHaveCount(4)
  expect(new URL(page.url()).searchParams.get('residence')).toBe(finance.id)

  const first = page.getByRole('checkbox', { name: 'Select Budget Planner' })
  await tabTo(page, first)
  await page.keyboard.press('Space')
  await page.keyboard.press('Shift+ArrowDown')
  await expect(page.getByText('2 apps selected')).toBeVisible()
  await page.keyboard.press('Shift+ArrowDown')
  await expect(page.getByText('3 apps selected')).toBeVisible()

  const disable = page.getByRole('button', { name: 'Disable…' })
  await tabTo(page, disable)
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('alertdialog', { name: 'Disable 3 apps?' })
  await expect(dialog).toContainText('None of them was used within the last day.')
  await tabTo(page, dialog.getByRole('button', { name: 'Disable 3 apps' }))
  await page.keyboard.press('Enter')
  await expect(page.getByText('3 apps disabled.')).toBeVisible()
  await expect(table.getByText('Disabled')).toHaveCount(3)
  const rows = await database().select().from(apps).where(eq(apps.rootOrganizationId, organization.id))
  expect(
    rows
      .filter((row) => row.disabledAt)
      .map((row) => row.name)
      .sort(),
  ).toEqual(['Budget Planner', 'Expense Cards', 'Ledgerline'])
})

test('what is shown can be taken along as a file', async ({ openWindow }) => {
  const { organization, owner } = await makeHouse('Northwind Trading', 'Ada Berg')
  await makeApp({ organization, name: '=Budget' })
  await makeApp({ organization, name: 'Order Desk' })
  const page = await openWindow(owner)
  await page.goto(`${connectedApps(organization, 'owned-apps')}?q=budget`)
  const waiting = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Export' }).click()
  const file = await waiting
  expect(file.suggestedFilename()).toMatch(/^owned-apps-[\d-]{10}\.csv$/)
  const chunks: Buffer[] = []
  for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer)
  const lines = Buffer.concat(chunks).toString().trim().split('\n')
  expect(lines).toHaveLength(2)
  expect(lines[1]).toMatch(/^'=Budget,/)
})

test('an app’s logo is uploaded, refused as an SVG, and seen by the people it asks', async ({
  openWindow,
  startApp,
}) => {
  const { organization, owner } = await makeHouse('Northwind Trading', 'Ada Berg')
  const mia = await makePerson(organization, 'member', 'Mia Lindqvist')
  const program = await startApp()
  const app = await makeApp({ organization, name: 'Ledgerline', redirectUris: [program.callbackUrl] })
  await program.configure({
    issuer: environment().publicUrl,
    clientId: app.clientId,
    clientSecret: app.secret,
  })
  const page = await openWindow(owner)
  await page.goto(connectedApps(organization, `owned-apps/${app.id}`))
  const field = page.getByLabel('Logo', { exact: true })
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
  await field.setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: svg })
  await expect(page.getByText(/SVG and other markup is not taken/)).toBeVisible()

  const picture = { width: 300, height: 200, channels: 3, background: '#1c6f5a' } as const
  const buffer = await sharp({ create: picture }).jpeg().toBuffer()
  await field.setInputFiles({ name: 'logo.jpg', mimeType: 'image/jpeg', buffer })
  await expect(page.getByText('The logo is saved.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Replace logo…' })).toBeVisible()

  const miasBrowser = await openWindow(null)
  await miasBrowser.goto(program.signInUrl('openid profile'))
  await fillInSignIn(miasBrowser, mia)
  await expect(miasBrowser.getByRole('button', { name: 'Authorize' })).toBeVisible()
  const shown = miasBrowser.locator('img[src^="/logos/"]').first()
  await expect(shown).toBeVisible()
  expect(await shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(256)
  const answer = await miasBrowser.request.get((await shown.getAttribute('src')) ?? '')
  expect(answer.headers()).toMatchObject({
    'content-type': 'image/png',
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
    'content-security-policy': expect.stringContaining("default-src 'none'"),
  })
})

/** Presses Tab until the focus is there. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  await expect(target).toBeFocused()
}

import type { Locator, Page } from '@playwright/test'
import { countLive, makeAuthorization, makeTokenFamily } from '#test/authorizations'
import { makeApp } from '#test/factories'
import { connectedApps } from '../console.ts'
import { expect, test } from '../fixtures.ts'
import { makeHouse, makePerson } from '../people.ts'

test('Remove is done by the keyboard alone, and the focus is never lost [P37 P39]', async ({
  openWindow,
}) => {
  const { organization, owner } = await makeHouse('Northwind Trading', 'Ada Berg')
  const mia = await makePerson(organization, 'member', 'Mia Lindqvist')
  const app = await makeApp({ organization, name: 'Ledgerline' })
  await makeTokenFamily(await makeAuthorization(mia, app, organization), app)
  const page = await openWindow(owner)
  await page.goto(connectedApps(organization, 'authorizations'))
  await expect(page.getByRole('row', { name: /Ledgerline/ })).toBeVisible()

  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused()
  await page.keyboard.press('Enter')
  const more = page.getByRole('button', { name: 'More actions for Ledgerline' })
  await tabTo(page, more)
  await page.keyboard.press('Enter')
  await arrowTo(page, page.getByRole('menuitem', { name: 'Remove…' }))
  await page.keyboard.press('Enter')

  const dialog = page.getByRole('alertdialog', { name: 'Remove Ledgerline?' })
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(more).toBeFocused()
  expect(await countLive(app, organization)).toEqual({ people: 1, tokens: 2 })

  await page.keyboard.press('Enter')
  await arrowTo(page, page.getByRole('menuitem', { name: 'Remove…' }))
  await page.keyboard.press('Enter')
  await tabTo(page, dialog.getByRole('button', { name: 'Remove', exact: true }))
  await page.keyboard.press('Enter')
  const receipt = page.getByRole('dialog', { name: 'Ledgerline is removed' })
  await expect(receipt).toBeVisible()
  await tabTo(page, receipt.getByRole('button', { name: 'Done' }))
  await page.keyboard.press('Enter')
  await expect(receipt).toBeHidden()
  await expect(page.getByText('Nobody has authorized an app yet')).toBeVisible()
  await expect(page.getByRole('main')).toBeFocused()
  expect(await countLive(app, organization)).toEqual({ people: 0, tokens: 0 })
})

test('the details are opened, walked through and closed by the keyboard alone [P38]', async ({
  openWindow,
}) => {
  const { organization, owner } = await makeHouse('Northwind Trading', 'Ada Berg')
  const mia = await makePerson(organization, 'member', 'Mia Lindqvist')
  for (const name of ['Ledgerline', 'Meetly'])
    await makeAuthorization(mia, await makeApp({ organization, name }), organization)
  const page = await openWindow(owner)
  await page.goto(`${connectedApps(organization, 'authorizations')}?sort=name`)
  const more = page.getByRole('button', { name: 'More actions for Ledgerline' })
  await more.focus()
  await page.keyboard.press('Enter')
  await arrowTo(page, page.getByRole('menuitem', { name: 'Show details' }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('complementary', { name: 'Details of Ledgerline' })).toBeFocused()
  await page.keyboard.press('ArrowDown')
  const next = page.getByRole('complementary', { name: 'Details of Meetly' })
  await expect(next).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(next).toBeHidden()
  await expect(more).toBeFocused()
})

const STEPS_MAX = 40

/** Presses Tab until this has the focus; a page where that takes many presses is a fault of its own. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await pressUntilFocused(page, 'Tab', wanted)
}

async function arrowTo(page: Page, wanted: Locator): Promise<void> {
  await expect(wanted).toBeVisible()
  await pressUntilFocused(page, 'ArrowDown', wanted)
}

async function pressUntilFocused(page: Page, key: string, wanted: Locator): Promise<void> {
  for (let pressed = 0; pressed < STEPS_MAX; pressed++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press(key)
  }
  await expect(wanted).toBeFocused()
}

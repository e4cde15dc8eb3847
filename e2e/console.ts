import { expect, type Locator, type Page } from '@playwright/test'
import type { MadeOrganization } from '#test/factories'

/** Where the console's parts are, as a person would type them. */
export function accessManagement(organization: Pick<MadeOrganization, 'id'>, part: string): string {
  return `/o/${organization.id}/access-management/${part}`
}
export function connectedApps(organization: Pick<MadeOrganization, 'id'>, part: string): string {
  return accessManagement(organization, `connected-apps/${part}`)
}

/** The audit log of a root organization. */
export function auditLog(organization: Pick<MadeOrganization, 'id'>): string {
  return `/o/${organization.id}/access-management/audit-log`
}

export type NewApp = {
  name: string
  redirectUri?: string
  /** Titles of scopes. */
  scopes: readonly string[]
  isForEveryone?: boolean
  actsAs?: 'On behalf of users' | 'On its own behalf'
  runs?: 'Server' | 'Browser' | 'Native'
  /** Where a scope of an app acting for itself is good: names of organizations, by the scope's name. */
  places?: Record<string, readonly string[]>
}

/** Fills in the page “Create app” and sends it. */
export async function createApp(page: Page, app: NewApp): Promise<void> {
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(app.name)
  if (app.actsAs) await page.getByRole('radio', { name: app.actsAs }).check()
  if (app.runs) await page.getByRole('radio', { name: app.runs }).check()
  if (app.redirectUri) await page.getByRole('textbox', { name: 'Redirect URI 1' }).fill(app.redirectUri)
  await chooseScopes(page, app.scopes)
  for (const [scope, names] of Object.entries(app.places ?? {})) {
    await page.getByRole('button', { name: `Places of ${scope}` }).click()
    for (const name of names) {
      await page.getByRole('combobox', { name: 'Name of a place' }).fill(name)
      // Beneath its name, a place says where it lies.
      const place = page.getByRole('option').filter({ has: page.getByText(name, { exact: true }) })
      await place.click()
      await expect(place).toHaveAttribute('aria-selected', 'true')
    }
    await page.keyboard.press('Escape')
  }
  if (app.isForEveryone) await page.getByRole('radio', { name: 'People of any organization' }).check()
  await page.getByRole('button', { name: 'Create app' }).click()
}

export async function chooseScopes(page: Page, titles: readonly string[]): Promise<void> {
  const scopes = page.getByRole('group', { name: 'Scopes' })
  for (const title of titles) {
    const choice = scopes.getByRole('checkbox', { name: title, exact: true })
    // The words cover the whole row, so they are what a pointer meets.
    if (!(await choice.isChecked())) await scopes.getByText(title, { exact: true }).click()
    await expect(choice).toBeChecked()
  }
}

/** Reads what a dialog shows this once, and closes it: the client ID and, if it has one, the secret. */
export async function takeCredentials(page: Page): Promise<{ clientId: string; clientSecret?: string }> {
  const dialog = page.getByRole('dialog', { name: /is created$/ })
  const clientId = await dialog.getByLabel('Client ID').inputValue()
  const shown = dialog.getByRole('status').filter({ hasText: /^ghs_/ })
  const hasSecret = (await shown.count()) > 0
  const clientSecret = hasSecret ? ((await shown.textContent()) ?? '') : undefined
  await dialog.getByRole('button', { name: hasSecret ? 'I have stored the secret' : 'Open the app' }).click()
  await expect(dialog).toBeHidden()
  return { clientId, clientSecret }
}

/** Opens the … menu of a row and chooses from it. */
export async function chooseFromMenu(page: Page, name: string, entry: string | RegExp): Promise<void> {
  await page.getByRole('button', { name: `More actions for ${name}` }).click()
  await page.getByRole('menuitem', { name: entry }).click()
}

/** The bar that says what would be saved. */
export function saveBar(page: Page): Locator {
  return page.getByRole('region', { name: 'Unsaved' })
}

export async function saveChanges(page: Page): Promise<void> {
  await saveBar(page).getByRole('button', { name: 'Save changes' }).click()
  await expect(saveBar(page)).toBeHidden()
}

/** Signs out by the menu of the account. */
export async function signOut(page: Page, fullName: string): Promise<void> {
  await page.getByRole('button', { name: new RegExp(fullName) }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page.getByRole('heading', { name: /Sign/ })).toBeVisible()
}

/** Looks for a person by name or username, and makes them the owner of the app whose page this is; not saved yet. */
export async function chooseOwner(page: Page, search: string, fullName: string): Promise<void> {
  await page.getByRole('button', { name: 'Change owner' }).click()
  await expect(page.getByRole('combobox', { name: 'Owner' })).toBeFocused()
  // Letter by letter: the present owner gives way, and what the search brings leaves the letters alone.
  await page.keyboard.type(search, { delay: 50 })
  await page.getByRole('option', { name: new RegExp(fullName) }).click()
}

/** Sets a secret of one's own choice on the page of an app's credentials. */
export async function setOwnSecret(
  page: Page,
  secret: string,
  olderEnd: '1 hour' | 'At once',
): Promise<void> {
  await page.getByRole('button', { name: 'Rotate secret…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: 'A value of your own' }).check()
  await dialog.getByLabel('Your secret').fill(secret)
  await dialog.getByRole('radio', { name: olderEnd }).check()
  await dialog.getByRole('button', { name: 'Set this secret' }).click()
  await dialog.getByRole('button', { name: 'I have stored the secret' }).click()
  await expect(dialog).toBeHidden()
}

import AxeBuilder from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { restrict } from '#lib/domain/allowlist/restrict'
import { as } from '#test/actors'
import { makeAuthorization } from '#test/authorizations'
import { makeApp } from '#test/factories'
import { connectedApps } from '../console.ts'
import { demoPerson, everyPage, type Visit, visit } from '../every-page.ts'
import { expect, test } from '../fixtures.ts'
import { makeHouse, makePerson } from '../people.ts'

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const PHONE = { width: 360, height: 740 }

type OpenWindow = Parameters<Parameters<typeof test>[2]>[0]['openWindow']
type StartApp = Parameters<Parameters<typeof test>[2]>[0]['startApp']
type Options = Parameters<OpenWindow>[1]
type Access = Parameters<typeof everyPage>[0]

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing on any page in the ${theme} theme`, async ({ access, openWindow }) => {
    // Some sixty pages, each looked through whole.
    test.slow()
    await forEveryPage(access, openWindow, { colorScheme: theme }, async (page, { name }) => {
      expect.soft(await findingsOf(page), name).toEqual([])
    })
  })

  test(`axe finds nothing on what stands between a person and an app in the ${theme} theme`, async ({
    openWindow,
    startApp,
  }) => {
    await forEveryInteraction(openWindow, startApp, { colorScheme: theme }, async (page, name) => {
      expect.soft(await findingsOf(page), name).toEqual([])
    })
  })
}

test('axe finds nothing on what opens over a page', async ({ openWindow }) => {
  const { organization, owner } = await makeHouse('Northwind Trading', 'Ada Berg')
  const mia = await makePerson(organization, 'member', 'Mia Lindqvist')
  const app = await makeApp({ organization, name: 'Ledgerline' })
  await makeAuthorization(mia, app, organization)
  const page = await openWindow(owner)
  const look = async (what: Locator, name: string) => {
    await expect(what).toBeVisible()
    // What opens hangs outside the page's landmarks for as long as it is open. Looked at again while there is a finding: behind it the
    // page may be read anew just then, and its title is away for that moment.
    await expect.poll(() => findingsOf(page, ['region']), name).toEqual([])
  }
  await page.goto(connectedApps(organization, 'authorizations'))
  await page.getByRole('button', { name: 'More actions for Ledgerline' }).click()
  await look(page.getByRole('menu'), 'the menu of a row')
  await page.getByRole('menuitem', { name: 'Remove…' }).click()
  await look(page.getByRole('alertdialog').getByText('This can’t be undone.'), 'Remove')
  await page.goto(connectedApps(organization, `owned-apps/${app.id}/credentials?rotate=now`))
  const rotation = page.getByRole('dialog', { name: 'Rotate the secret of Ledgerline' })
  await rotation.getByRole('radio', { name: 'A value of your own' }).check()
  await rotation.getByRole('button', { name: 'Set this secret' }).click()
  await look(rotation.getByText('Type or paste the secret.'), 'a rotation that is not right yet')
  await rotation.getByRole('radio', { name: 'Made here' }).check()
  await rotation.getByRole('button', { name: 'Rotate secret' }).click()
  await look(page.getByRole('dialog', { name: 'New secret for Ledgerline' }), 'the secret shown once')
  await page.goto(connectedApps(organization, 'owned-apps'))
  await page.getByRole('button', { name: 'More actions for Ledgerline' }).click()
  await page.getByRole('menuitem', { name: 'Delete…' }).click()
  await look(page.getByRole('alertdialog', { name: 'Delete Ledgerline?' }), 'Delete')
})

test('no page scrolls sideways at 360 px', async ({ access, openWindow }) => {
  await forEveryPage(access, openWindow, { viewport: PHONE }, async (page, { name }) => {
    expect.soft(await overhangOf(page), name).toBeLessThanOrEqual(0)
  })
})

test('nothing that stands between a person and an app scrolls sideways at 360 px', async ({
  openWindow,
  startApp,
}) => {
  await forEveryInteraction(openWindow, startApp, { viewport: PHONE }, async (page, name) => {
    expect.soft(await overhangOf(page), name).toBeLessThanOrEqual(0)
  })
})

test('the theme follows the system until one is chosen, and the choice is there before the page is drawn', async ({
  openWindow,
}) => {
  const { organization, owner } = await makeHouse('Northwind Trading', 'Ada Berg')
  const page = await openWindow(owner, { colorScheme: 'dark' })
  const backdrop = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  await page.goto(connectedApps(organization, 'owned-apps'))
  const dark = await backdrop()
  await page.getByRole('button', { name: /Ada Berg/ }).click()
  await page.getByRole('menuitem', { name: 'Light' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light')
  const light = await backdrop()
  expect(light).not.toBe(dark)
  const answer = await page.reload()
  expect(await answer?.text()).toContain('data-theme="light"')
  expect(await backdrop()).toBe(light)
})

/** Visits every page with who may see it; nothing on the way may throw. */
async function forEveryPage(
  access: Access,
  openWindow: OpenWindow,
  options: Options,
  look: (page: Page, visit: Visit) => Promise<void>,
): Promise<void> {
  const windows = {
    administrator: await openWindow(await demoUser(access, 'root-administrator'), options),
    member: await openWindow(await demoUser(access, 'member'), options),
    operator: await openWindow(await demoUser(access, 'operator'), options),
    nobody: await openWindow(null, options),
  }
  for (const one of await everyPage(access)) {
    const page = windows[one.by]
    await visit(page, one)
    await look(page, one)
  }
}

async function demoUser(access: Access, role: string) {
  const { id, username, email, fullName } = await demoPerson(access, role)
  return { id, username, email, fullName }
}

/** Meets each kind of page of an interaction, from the one that asks who the person is to the one that sends them away. */
async function forEveryInteraction(
  openWindow: OpenWindow,
  startApp: StartApp,
  options: Options,
  look: (page: Page, name: string) => Promise<void>,
): Promise<void> {
  const { organization, owner } = await makeHouse('Northwind Trading', 'Ada Berg')
  const { organization: kestrel } = await makeHouse('Kestrel Software', 'Kim Reyes')
  const mia = await makePerson(organization, 'member', 'Mia Lindqvist')
  await restrict(as(owner), { rootOrganizationId: organization.id })
  const page = await openWindow(mia, options)
  await page.goto('/my-apps')
  const issuer = new URL(page.url()).origin
  const nobody = await openWindow(null, options)
  const [own, foreign, away] = [await startApp(), await startApp(), await startApp()]
  for (const [app, publisher, name] of [
    [own, organization, 'Ledgerline'],
    [foreign, kestrel, 'Parcelwise'],
    [away, kestrel, 'For Kestrel alone'],
  ] as const) {
    const made = await makeApp({
      organization: publisher,
      name,
      audience: app === away ? 'internal' : 'everyone',
      redirectUris: [app.callbackUrl],
    })
    await app.configure({ issuer, clientId: made.clientId, clientSecret: made.secret })
  }
  const scopes = 'openid profile'
  await nobody.goto(own.signInUrl(scopes))
  await look(nobody, 'signing in')
  await page.goto(own.signInUrl(scopes))
  await expect(page.getByRole('button', { name: 'Authorize' })).toBeVisible()
  await look(page, 'consent')
  await page.goto(foreign.signInUrl(scopes))
  await expect(page.getByRole('button', { name: 'Request approval' })).toBeVisible()
  await look(page, 'approval needed')
  await page.getByRole('button', { name: 'Request approval' }).click()
  await expect(page.getByText('Waiting for approval')).toBeVisible()
  await look(page, 'approval requested')
  await page.goto(away.signInUrl(scopes))
  await expect(page.getByText(/not available to you/)).toBeVisible()
  await look(page, 'unavailable')
}

/** What axe has to say, in short. */
async function findingsOf(page: Page, but: string[] = []): Promise<string[]> {
  // While what a page shows is read anew, its title is on its way, too.
  await expect(page).toHaveTitle(/\S/)
  const { violations } = await new AxeBuilder({ page })
    .withTags(RULES)
    .disableRules(but)
    .exclude('[data-base-ui-focus-guard]')
    .analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 120)}`))
}

/** By how many pixels the page is wider than its window. */
function overhangOf(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
}

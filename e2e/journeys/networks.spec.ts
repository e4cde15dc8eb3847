import { environment } from '#lib/base/env'
import { getNetworks } from '#lib/domain/installations/get-networks'
import { setNetworks } from '#lib/domain/installations/set-networks'
import { as } from '#test/actors'
import { makeApp } from '#test/factories'
import { chooseFromMenu, connectedApps } from '../console.ts'
import { expect, test } from '../fixtures.ts'
import { makeHouse, makePerson } from '../people.ts'

test('an app is held to the office network: stopped elsewhere, asked about in What if, let in again [P122]', async ({
  openWindow,
  startApp,
}) => {
  const { organization, owner } = await makeHouse('Northwind Trading', 'Ada Berg')
  const mia = await makePerson(organization, 'member', 'Mia Lindqvist')
  const app = await startApp()
  const made = await makeApp({
    organization,
    name: 'Sheetbridge',
    redirectUris: [app.callbackUrl],
    scopes: ['openid', 'profile'],
  })
  await app.configure({
    issuer: environment().publicUrl,
    clientId: made.clientId,
    clientSecret: made.secret,
  })
  const [desk, phone] = [await openWindow(owner), await openWindow(mia)]
  const dialog = desk.getByRole('dialog', { name: 'From where may Sheetbridge be used?' })
  const networks = dialog.getByRole('textbox', { name: 'Networks' })

  await test.step('before anybody uses it, from the app’s own page', async () => {
    await desk.goto(connectedApps(organization, `owned-apps/${made.id}`))
    await chooseFromMenu(desk, 'Sheetbridge', 'Networks…')
    await dialog.getByRole('radio', { name: 'Only from these networks', exact: true }).check()
    await networks.fill('the office')
    await dialog.getByRole('button', { name: 'Save networks' }).click()
    await expect(dialog).toContainText('is no network, such as 203.0.113.0/24')
    await networks.fill('203.0.113.77/24')
    await expect(dialog).toContainText('which is not among them')
    await dialog.getByRole('button', { name: 'Save networks' }).click()
    await expect(desk.getByText('Sheetbridge may be used from these networks only.')).toBeVisible()
  })

  await test.step('from elsewhere nobody can authorize it, and the page says from where they came', async () => {
    await phone.goto(app.signInUrl('openid profile'))
    await expect(phone.getByRole('heading', { name: 'Sheetbridge cannot be used from here' })).toBeVisible()
    await expect(phone.getByRole('main')).toContainText(/your address, (127\.0\.0\.1|::1),/)
  })

  await test.step('What if says the same of an address', async () => {
    const address = desk.getByRole('textbox', { name: 'From address' })
    const decided = desk.locator('[data-outcome=decided]')
    await desk.goto(connectedApps(organization, `policy/what-if?person=${mia.id}&app=${made.clientId}`))
    await address.fill('198.51.100.7')
    await address.press('Enter')
    await expect(decided).toContainText(
      '198.51.100.7 is not in a network that Northwind Trading lets it in from',
    )
    await address.fill('the office')
    await address.press('Enter')
    await expect(desk.getByText('That is no IP address.')).toBeVisible()
    await address.fill('203.0.113.9')
    await address.press('Enter')
    await expect(decided).toContainText('Mia Lindqvist is asked to')
    // What is chosen right after stands beside it.
    await address.fill('198.51.100.8')
    await desk.getByRole('checkbox', { name: 'See your name and username' }).click()
    await expect(desk).toHaveURL(/scope=openid&from=198\.51\.100\.8|from=198\.51\.100\.8.*scope=openid/)
    await expect(decided).toContainText('198.51.100.8 is not in a network')
  })

  await test.step('with their own address among the networks they are let in, and a token lives', async () => {
    await desk.goto(connectedApps(organization, `owned-apps/${made.id}`))
    await chooseFromMenu(desk, 'Sheetbridge', 'Networks…')
    await expect(networks).toHaveValue('203.0.113.0/24')
    await dialog.getByRole('button', { name: 'Add my address' }).click()
    await dialog.getByRole('button', { name: 'Save networks' }).click()
    await expect(dialog).toBeHidden()
    await phone.goto(app.signInUrl('openid profile'))
    await phone.getByRole('button', { name: 'Authorize' }).click()
    await expect(phone.getByRole('heading', { name: 'Signed in as Mia Lindqvist' })).toBeVisible()
    expect(await app.userInfo()).toMatchObject({ sub: mia.id })
  })

  await test.step('what somebody else saved meanwhile is shown, and not saved over unseen', async () => {
    await desk.goto(connectedApps(organization, `owned-apps/${made.id}`))
    await chooseFromMenu(desk, 'Sheetbridge', 'Networks…')
    await networks.fill('198.51.100.0/24')
    const named = { rootOrganizationId: organization.id, appId: made.id }
    const { version } = await getNetworks(as(owner), named)
    await setNetworks(as(owner), { ...named, mode: 'enforce', networks: ['127.0.0.0/8', '::1'], version })
    // Coming back to the window reads it again.
    const readAgain = desk.waitForResponse((answer) => answer.url().endsWith('/networks'))
    await desk.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })))
    await readAgain
    await dialog.getByRole('button', { name: 'Save networks' }).click()
    await expect(dialog).toContainText('Saved now: only from 127.0.0.0/8 and ::1.')
    await expect(networks).toHaveValue('198.51.100.0/24')
    await networks.fill('127.0.0.0/8\n::1')
    await dialog.getByRole('button', { name: 'Save networks' }).click()
    await expect(dialog).toBeHidden()
  })

  await test.step('held to elsewhere again, its token is refused at the next request, and goes on when it is let in', async () => {
    await desk.goto(connectedApps(organization, `authorizations?app=${made.id}`))
    const change = desk.getByRole('button', { name: 'Change from where Sheetbridge may be used' })
    await change.click()
    await networks.fill('203.0.113.0/24')
    await dialog.getByRole('button', { name: 'Save networks' }).click()
    await expect(dialog).toBeHidden()
    await expect(desk.getByLabel('Details of Sheetbridge')).toContainText('203.0.113.0/24')
    await expect(app.userInfo()).rejects.toThrow()
    await change.click()
    await dialog.getByRole('radio', { name: 'From everywhere', exact: true }).check()
    await dialog.getByRole('button', { name: 'Save networks' }).click()
    await expect(desk.getByLabel('Details of Sheetbridge')).toContainText('From everywhere')
    expect(await app.userInfo()).toMatchObject({ sub: mia.id })
  })
})

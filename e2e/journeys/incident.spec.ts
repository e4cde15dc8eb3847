import { environment } from '#lib/base/env'
import { freezeApp } from '#lib/domain/installations/freeze-app'
import { as } from '#test/actors'
import { makeAuthorization, makeTokenFamily } from '#test/authorizations'
import { makeApp } from '#test/factories'
import { chooseFromMenu, connectedApps } from '../console.ts'
import { expect, test } from '../fixtures.ts'
import { makeHouse, makePerson } from '../people.ts'

test('an incident: freeze, look, remove with block, and the receipt of it', async ({
  openWindow,
  startApp,
}) => {
  const { organization, owner: ada } = await makeHouse('Northwind Trading', 'Ada Berg')
  const { organization: kestrel } = await makeHouse('Kestrel Software', 'Kim Reyes')
  const mia = await makePerson(organization, 'member', 'Mia Lindqvist')
  const app = await startApp()
  const made = await makeApp({
    organization: kestrel,
    name: 'Sheetbridge',
    audience: 'everyone',
    redirectUris: [app.callbackUrl],
    scopes: ['openid', 'profile', 'email', 'offline_access'],
  })
  await app.configure({
    issuer: environment().publicUrl,
    clientId: made.clientId,
    clientSecret: made.secret,
  })
  const [desk, phone] = [await openWindow(ada), await openWindow(mia)]
  await phone.goto(app.signInUrl('openid profile offline_access', { prompt: 'consent' }))
  await phone.getByRole('button', { name: 'Authorize' }).click()
  await expect(phone.getByRole('heading', { name: 'Signed in as Mia Lindqvist' })).toBeVisible()
  expect(await app.introspect()).toMatchObject({ active: true })

  await test.step('it is frozen, and its token is refused at the next request, for nobody has lost anything yet', async () => {
    await desk.goto(connectedApps(organization, 'authorizations'))
    await chooseFromMenu(desk, 'Sheetbridge', 'Freeze…')
    await desk.getByRole('alertdialog').getByRole('button', { name: 'Freeze' }).click()
    await expect(desk.getByRole('row', { name: /Sheetbridge/ })).toContainText('Frozen')
    expect(await app.introspect()).toEqual({ active: false })
    await expect(app.userInfo()).rejects.toThrow()
    await phone.goto('/my-apps')
    await expect(phone.getByRole('main')).toContainText('Paused')
  })

  await test.step('who uses it, and what it can do, stands in its details [P38]', async () => {
    await chooseFromMenu(desk, 'Sheetbridge', 'Show details')
    const details = desk.getByLabel('Details of Sheetbridge')
    await expect(details).toContainText('Mia Lindqvist')
    await expect(details).toContainText(/Token families[1-9]/)
    await expect(details).toContainText('Keep access while you are away')
    await expect(details.getByRole('table', { name: 'Token families of Mia Lindqvist' })).toBeVisible()
  })

  await test.step('it is removed and blocked, after the effect was shown in numbers [P39 P40 P41 P108]', async () => {
    await desk.getByLabel('Details of Sheetbridge').getByRole('button', { name: 'Remove…' }).click()
    const question = desk.getByRole('alertdialog')
    await expect(question).toContainText('person loses it')
    await expect(question).toContainText('can’t be undone')
    await expect(question).toContainText('It is frozen, and stays so')
    await question.getByRole('checkbox', { name: 'Also block Sheetbridge' }).check()
    await expect(question).toContainText('The block takes the place of that')
    await question.getByRole('button', { name: 'Remove and block' }).click()
    await expect(desk.getByRole('dialog', { name: 'Sheetbridge is removed and blocked' })).toBeVisible()
    expect(await app.introspect()).toEqual({ active: false })
    await expect(app.refresh()).rejects.toThrow()
  })

  await test.step('its receipt is counted to the end, has an address, and the audit log and the list of removals lead to it [P47]', async () => {
    await desk.getByRole('link', { name: 'Open the receipt' }).click()
    await expect(desk.getByRole('heading', { name: 'Sheetbridge is removed and blocked' })).toBeVisible()
    await expect(desk.getByText('Counted to the end.')).toBeVisible()
    const receipt = desk.url()
    const main = desk.getByRole('main')
    await expect(main).toContainText('Ada Berg')
    await expect(desk.getByRole('table', { name: 'What ended' }).getByRole('row').nth(1)).toContainText(
      'Sheetbridge',
    )
    const downloads = desk.waitForEvent('download')
    await desk.getByRole('link', { name: 'Download' }).click()
    expect((await downloads).suggestedFilename()).toMatch(/^rem_.+\.json$/)

    await desk.goto(`/o/${organization.id}/access-management/audit-log`)
    await desk
      .getByRole('link', { name: /removed all authorizations of Sheetbridge/ })
      .first()
      .click()
    await desk.getByRole('link', { name: 'Receipt' }).click()
    await expect(desk).toHaveURL(receipt)

    await main.getByRole('link', { name: 'Removals' }).click()
    const removals = desk.getByRole('table', { name: 'Removals' })
    await expect(removals.getByRole('row').nth(1)).toContainText('1 person')
    await removals.getByRole('link', { name: 'Sheetbridge is removed and blocked' }).click()
    await expect(desk).toHaveURL(receipt)
  })

  await test.step('unblocking brings nothing back; the person finds it gone from My apps [P42]', async () => {
    await desk.goto(`${connectedApps(organization, 'authorizations')}?show=blocked`)
    await desk.getByRole('button', { name: 'Unblock Sheetbridge' }).click()
    await expect(desk.getByText('Nothing is blocked')).toBeVisible()
    expect(await app.introspect()).toEqual({ active: false })
    await phone.goto('/my-apps')
    await expect(phone.getByText('No app acts for you')).toBeVisible()
  })

  await test.step('unblocked, it is authorized again: nothing of the freeze is left [P108]', async () => {
    await phone.goto(app.signInUrl('openid profile offline_access'))
    await phone.getByRole('button', { name: 'Authorize' }).click()
    await expect(phone.getByRole('heading', { name: 'Signed in as Mia Lindqvist' })).toBeVisible()
    expect(await app.introspect()).toMatchObject({ active: true })
  })

  await test.step('frozen and only removed, it stays stopped, and stays in the list until it is unfrozen [P43]', async () => {
    await desk.goto(connectedApps(organization, 'authorizations'))
    await chooseFromMenu(desk, 'Sheetbridge', 'Freeze…')
    await desk.getByRole('alertdialog').getByRole('button', { name: 'Freeze' }).click()
    await expect(desk.getByRole('row', { name: /Sheetbridge/ })).toContainText('Frozen')
    await chooseFromMenu(desk, 'Sheetbridge', 'Remove…')
    await desk.getByRole('alertdialog').getByRole('button', { name: 'Remove', exact: true }).click()
    const receipt = desk.getByRole('dialog', { name: 'Sheetbridge is removed' })
    await expect(receipt).toContainText('It stays frozen until someone unfreezes it.')
    await receipt.getByRole('button', { name: 'Done' }).click()
    await phone.goto(app.signInUrl('openid profile offline_access'))
    await expect(
      phone.getByRole('heading', { name: 'Northwind Trading has paused Sheetbridge' }),
    ).toBeVisible()

    await desk.goto(connectedApps(organization, 'authorizations'))
    await expect(desk.getByRole('row', { name: /Sheetbridge/ })).toContainText('Frozen')
    await chooseFromMenu(desk, 'Sheetbridge', 'Unfreeze')
    await expect(desk.getByText('Each person may authorize it anew')).toBeVisible()
    await expect(desk.getByText('Nobody has authorized an app yet')).toBeVisible()
    await phone.goto(app.signInUrl('openid profile offline_access'))
    await phone.getByRole('button', { name: 'Authorize' }).click()
    await expect(phone.getByRole('heading', { name: 'Signed in as Mia Lindqvist' })).toBeVisible()
  })

  await test.step('one person’s is removed, after its numbers were shown, with a receipt [P39 P46]', async () => {
    await desk.goto(connectedApps(organization, 'authorizations'))
    await chooseFromMenu(desk, 'Sheetbridge', 'Show details')
    await desk.getByRole('button', { name: 'Remove Mia Lindqvist’s authorization of Sheetbridge…' }).click()
    const question = desk.getByRole('alertdialog')
    await expect(question).toContainText('person loses it1')
    await expect(question).toContainText('token family ends1')
    await question.getByRole('button', { name: 'Remove' }).click()
    const receipt = desk.getByRole('dialog', {
      name: 'Mia Lindqvist’s authorization of Sheetbridge is removed',
    })
    await expect(receipt).toContainText('token family ended')
    await expect(receipt).toContainText('People may authorize it anew')
    await receipt.getByRole('link', { name: 'Open the receipt' }).click()
    await expect(desk.getByText('Counted to the end.')).toBeVisible()
  })

  await test.step('a block says in numbers what it ends [P108]', async () => {
    await phone.goto(app.signInUrl('openid profile offline_access'))
    await phone.getByRole('button', { name: 'Authorize' }).click()
    await expect(phone.getByRole('heading', { name: 'Signed in as Mia Lindqvist' })).toBeVisible()
    await desk.goto(connectedApps(organization, 'authorizations'))
    await chooseFromMenu(desk, 'Sheetbridge', 'Block…')
    const question = desk.getByRole('alertdialog')
    await expect(question).toContainText('token family ends1')
    await question.getByRole('button', { name: 'Block' }).click()
    await expect(desk.getByRole('dialog', { name: 'Sheetbridge is blocked' })).toBeVisible()
    expect(await app.introspect()).toEqual({ active: false })
  })
})

test('several apps are frozen at once; what that froze is taken back, or unfrozen from the list', async ({
  openWindow,
}) => {
  const { organization, owner: ada } = await makeHouse('Northwind Trading', 'Ada Berg')
  const mia = await makePerson(organization, 'member', 'Mia Lindqvist')
  const made = async (name: string) => {
    const app = await makeApp({ organization, name })
    await makeTokenFamily(await makeAuthorization(mia, app, organization), app)
    return app
  }
  for (const name of ['Order Desk', 'Meetly Notes']) await made(name)
  const scanner = await made('Old Scanner')
  await freezeApp(as(ada), { rootOrganizationId: organization.id, appId: scanner.id })
  const desk = await openWindow(ada)
  const question = desk.getByRole('alertdialog')
  const bar = desk.getByRole('region', { name: 'Selected apps' })
  const frozen = desk
    .getByRole('table', { name: 'Authorizations' })
    .getByRole('row')
    .filter({ hasText: 'Frozen' })

  await test.step('those frozen before are left out, and stay frozen when the rest is taken back', async () => {
    await desk.goto(connectedApps(organization, 'authorizations'))
    await desk.getByRole('checkbox', { name: 'Select all on this page' }).check()
    await bar.getByRole('button', { name: 'Freeze…', exact: true }).click()
    await expect(question).toContainText('apps stop2')
    await expect(question).toContainText('1 app of those selected is frozen already, and stays so.')
    await question.getByRole('button', { name: 'Freeze 2 apps' }).click()
    await expect(frozen).toHaveCount(3)
    await desk.getByRole('button', { name: 'Undo' }).click()
    await expect(desk.getByText('2 apps unfrozen.')).toBeVisible()
    await expect(frozen).toHaveCount(1)
    await expect(frozen).toContainText('Old Scanner')
  })

  await test.step('the list of what is frozen offers to unfreeze it, after its effect in numbers', async () => {
    await desk.goto(`${connectedApps(organization, 'authorizations')}?state=frozen`)
    await desk.getByRole('checkbox', { name: 'Select all on this page' }).check()
    await expect(bar.getByRole('button', { name: 'Freeze…', exact: true })).toHaveCount(0)
    await bar.getByRole('button', { name: 'Unfreeze…' }).click()
    await expect(question).toContainText('app goes on1')
    await expect(question).toContainText('tokens work again')
    await question.getByRole('button', { name: 'Unfreeze 1 app' }).click()
    await expect(desk.getByText('No app matches')).toBeVisible()
  })
})

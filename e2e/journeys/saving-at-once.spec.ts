import { restrict } from '#lib/domain/allowlist/restrict'
import { removeForEveryone } from '#lib/domain/authorizations/remove-for-everyone'
import { as } from '#test/actors'
import { makeAuthorization, makeTokenFamily } from '#test/authorizations'
import { makeApp } from '#test/factories'
import { connectedApps, saveBar, saveChanges } from '../console.ts'
import { expect, test } from '../fixtures.ts'
import { makeHouse, makePerson } from '../people.ts'

test('two administrators save at once: the second is told what changed and by whom, and loses nothing typed', async ({
  openWindow,
}) => {
  const { organization, owner: ada } = await makeHouse('Northwind Trading', 'Ada Berg')
  const ben = await makePerson(organization, 'administrator', 'Ben Okafor')
  const app = await makeApp({ organization, name: 'Ledgerline' })
  const [adas, bens] = [await openWindow(ada), await openWindow(ben)]
  for (const page of [adas, bens]) await page.goto(connectedApps(organization, `owned-apps/${app.id}`))

  // What is not yet saved is not drawn anew, whatever happens elsewhere.
  await adas.getByRole('textbox', { name: 'Name', exact: true }).fill('Ledgerline 2')
  await expect(saveBar(adas)).toBeVisible()
  await bens.getByLabel('Description').fill('Keeps the books')
  await saveChanges(bens)
  await saveBar(adas).getByRole('button', { name: 'Save changes' }).click()
  await expect(adas.getByRole('alert').filter({ hasText: 'Ben Okafor' })).toContainText(
    'Ben Okafor changed the description while you were editing.',
  )
  await expect(adas.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('Ledgerline 2')
  await expect(adas.getByLabel('Description')).toHaveValue('Keeps the books')

  await saveChanges(adas)
  await bens.reload()
  await expect(bens.getByRole('heading', { name: 'Ledgerline 2', level: 1 })).toBeVisible()
  await expect(bens.getByLabel('Description')).toHaveValue('Keeps the books')
})

test('two tabs of one person change the same field: what the other saved is shown, and taken if wanted', async ({
  openWindow,
}) => {
  const { organization, owner: ada } = await makeHouse('Northwind Trading', 'Ada Berg')
  const app = await makeApp({ organization, name: 'Ledgerline' })
  const [one, other] = [await openWindow(ada), await openWindow(ada)]
  for (const page of [one, other]) await page.goto(connectedApps(organization, `owned-apps/${app.id}`))
  await other.getByLabel('Description').fill('From the other')
  await expect(saveBar(other)).toBeVisible()
  await one.getByLabel('Description').fill('From the one tab')
  await saveChanges(one)
  await saveBar(other).getByRole('button', { name: 'Save changes' }).click()
  await expect(other.getByRole('alert').filter({ hasText: 'in another tab' })).toContainText(
    'You changed the description in another tab.',
  )
  await expect(other.getByRole('textbox', { name: /^Description/ })).toHaveValue('From the other')
  await expect(other.getByRole('list', { name: 'Saved meanwhile' })).toContainText('“From the one tab”')
  await other.getByRole('button', { name: 'Use that as description' }).click()
  await expect(other.getByRole('textbox', { name: /^Description/ })).toHaveValue('From the one tab')
  await expect(saveBar(other)).toBeHidden()
})

test('a change of the policy whose effect changed meanwhile is not saved, and the new effect is shown [P51]', async ({
  openWindow,
}) => {
  const { organization, owner: ada } = await makeHouse('Northwind Trading', 'Ada Berg')
  const ben = await makePerson(organization, 'administrator', 'Ben Okafor')
  const page = await openWindow(ada)
  await page.goto(connectedApps(organization, 'policy'))
  await page.getByRole('radio', { name: /^Closed/ }).check()
  await expect(page.getByRole('heading', { name: 'What changes when you save' })).toBeVisible()
  await restrict(as(ben), { rootOrganizationId: organization.id })
  await saveBar(page).getByRole('button', { name: 'Save changes' }).click()
  await expect(
    page.getByRole('alert').filter({ hasText: 'What this would do has changed meanwhile' }),
  ).toBeVisible()
  await expect(page.getByRole('radio', { name: 'Restricted In force' })).toBeVisible()
  await expect(saveBar(page)).toContainText('Restricted becomes Closed.')
  await saveChanges(page)
  await expect(page.getByRole('radio', { name: 'Closed In force' })).toBeChecked()
})

test('what a removal would end changed meanwhile: nothing is done, and the new numbers are there to decide again [P39]', async ({
  openWindow,
}) => {
  const { organization, owner: ada } = await makeHouse('Northwind Trading', 'Ada Berg')
  const ben = await makePerson(organization, 'administrator', 'Ben Okafor')
  const mia = await makePerson(organization, 'member', 'Mia Lindqvist')
  const made = async (name: string) => {
    const app = await makeApp({ organization, name })
    await makeTokenFamily(await makeAuthorization(mia, app, organization), app)
    return app
  }
  const [desk, notes] = [await made('Order Desk'), await made('Meetly Notes')]
  await made('Old Scanner')
  const removedByBen = (appId: typeof desk.id) =>
    removeForEveryone(as(ben), { rootOrganizationId: organization.id, appId })
  const page = await openWindow(ada)
  const question = page.getByRole('alertdialog')
  const isOvertaken = () =>
    expect(question.getByRole('alert').filter({ hasText: 'has changed meanwhile' })).toContainText(
      'so nothing was done. Look at it anew, then decide again. The numbers below are the new ones.',
    )

  await test.step('of several apps, one of which somebody else has removed', async () => {
    await page.goto(connectedApps(organization, 'authorizations'))
    for (const name of ['Order Desk', 'Meetly Notes'])
      await page.getByRole('checkbox', { name: `Select ${name}` }).check()
    await page.getByRole('region', { name: 'Selected apps' }).getByRole('button', { name: 'Remove…' }).click()
    await expect(question).toContainText('Remove 2 apps?')
    await expect(question).toContainText('authorizations end')
    await removedByBen(desk.id)
    await question.getByRole('button', { name: 'Remove 2 apps' }).click()
    await isOvertaken()
    await question.getByRole('button', { name: 'Remove 1 app' }).click()
    await expect(page.getByRole('dialog', { name: '1 app removed' })).toBeVisible()
    await page.getByRole('button', { name: 'Done' }).click()
  })

  await test.step('of one person, who has lost one of theirs', async () => {
    await makeAuthorization(mia, notes, organization)
    await page.goto(`${connectedApps(organization, 'authorizations')}?show=people&user=${mia.id}`)
    await page.getByRole('button', { name: 'Remove all…' }).click()
    await expect(question).toContainText('2 apps can no longer act for Mia Lindqvist')
    await removedByBen(notes.id)
    await question.getByRole('button', { name: 'Remove all' }).click()
    await isOvertaken()
    await expect(question).toContainText('1 app can no longer act for Mia Lindqvist')
    await question.getByRole('button', { name: 'Remove all' }).click()
    await expect(
      page.getByRole('dialog', { name: 'All that Mia Lindqvist authorized is removed' }),
    ).toBeVisible()
  })
})

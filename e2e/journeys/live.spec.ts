import { createGroup } from '#lib/domain/people/create-group'
import { as } from '#test/actors'
import { accessManagement } from '../console.ts'
import { expect, test } from '../fixtures.ts'
import { makeHouse, makePerson } from '../people.ts'

test('an open page follows what somebody else does, but never under the hands of whoever looks at it', async ({
  openWindow,
}) => {
  const { organization, owner: ada } = await makeHouse('Northwind Trading', 'Ada Berg')
  const ben = as(await makePerson(organization, 'administrator', 'Ben Okafor'))
  const make = (name: string) => createGroup(ben, { rootOrganizationId: organization.id, name })
  await make('Buyers')
  const page = await openWindow(ada)
  const group = (name: string) => page.getByRole('main').getByRole('link', { name, exact: true })
  const changed = page.getByText('Something here changed elsewhere.')
  await page.goto(accessManagement(organization, 'people/groups'))
  await expect(group('Buyers')).toBeVisible()

  await test.step('what is new is there by itself', async () => {
    await make('Auditors')
    await expect(group('Auditors')).toBeVisible()
  })

  await test.step('no row moves under the pointer: a line says that there is more, and shows it', async () => {
    await group('Buyers').hover()
    await make('Accountants')
    await expect(changed).toBeVisible()
    await expect(group('Accountants')).toHaveCount(0)
    await page.getByRole('button', { name: 'Show' }).click()
    await expect(group('Accountants')).toBeVisible()
    await expect(changed).toBeHidden()
  })

  await test.step('what is typed in a dialog stays, and the page follows once it is closed', async () => {
    await page.getByRole('button', { name: 'Create group' }).click()
    const name = page.getByRole('dialog').getByLabel('Name')
    await name.fill('Night shift')
    await make('Drivers')
    await expect(name).toHaveValue('Night shift')
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
    await expect(group('Drivers')).toBeVisible()
  })

  await test.step('what was missed without a connection is there when it is back', async () => {
    await page.context().setOffline(true)
    await expect(page.getByText('You are offline.')).toBeVisible()
    await make('Foresters')
    await page.context().setOffline(false)
    await expect(group('Foresters')).toBeVisible()
  })
})

import type { Page } from '@playwright/test'
import { removeMember } from '#lib/domain/offboarding/remove-member'
import { addToGroup } from '#lib/domain/people/add-to-group'
import { createGroup } from '#lib/domain/people/create-group'
import { removeFromGroup } from '#lib/domain/people/remove-from-group'
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

test('an act of one’s own announces nothing, and what somebody else does right after it is announced', async ({
  openWindow,
}) => {
  const { organization, owner: ada } = await makeHouse('Northwind Trading', 'Ada Berg')
  const ben = as(await makePerson(organization, 'administrator', 'Ben Okafor'))
  const mia = await makePerson(organization, 'member', 'Mia Lund')
  const tom = await makePerson(organization, 'member', 'Tom Becker')
  const { groupId } = await createGroup(ben, { rootOrganizationId: organization.id, name: 'Buyers' })
  await addToGroup(ben, { groupId, userIds: [mia.id, tom.id, ben.userId] })
  const page = await openWindow(ada)
  const told = await watchTold(page)
  const person = (name: string) => page.getByRole('main').getByRole('link', { name })
  const changed = page.getByText('Something here changed elsewhere.')
  await page.goto(accessManagement(organization, `people/groups/${groupId}`))
  await expect(person('Mia Lund')).toBeVisible()

  // The pointer rests on the list, and what is told comes after the answer.
  await told.hold()
  const before = await told.count()
  await page.getByRole('button', { name: 'Take Mia Lund out of the group' }).click()
  await expect(person('Mia Lund')).toHaveCount(0)
  await expect.poll(told.count).toBeGreaterThan(before)
  await told.letGo()
  await expect(changed).toBeHidden()

  await removeFromGroup(ben, { groupId, userId: tom.id })
  await expect(changed).toBeVisible()
  await expect(person('Tom Becker')).toBeVisible()
})

test('what somebody else was faster with is gone from the page, though one’s own act was refused', async ({
  openWindow,
}) => {
  const { organization, owner: ada } = await makeHouse('Northwind Trading', 'Ada Berg')
  const ben = as(await makePerson(organization, 'administrator', 'Ben Okafor'))
  const mia = await makePerson(organization, 'member', 'Mia Lund')
  const page = await openWindow(ada)
  const told = await watchTold(page)
  await page.goto(accessManagement(organization, 'people'))

  await page.getByRole('button', { name: 'More actions for Mia Lund' }).click()
  await page.getByRole('menuitem', { name: 'Remove from Northwind Trading…' }).click()
  const dialog = page.getByRole('alertdialog', { name: 'Remove Mia Lund from Northwind Trading?' })
  await expect(dialog.getByText('places end').or(dialog.getByText('place ends'))).toBeVisible()
  const before = await told.count()
  await removeMember(ben, { userId: mia.id, organizationId: organization.id })
  await expect.poll(told.count).toBeGreaterThan(before)
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(dialog.getByRole('alert')).toBeVisible()
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await page.mouse.move(1, 1)
  await expect(page.getByRole('link', { name: 'Mia Lund' })).toHaveCount(0)
})

type Told = { count: number; held: (() => void)[] | null }

/** Stands between the page and its stream: counts how often it is told that something changed, and can keep it back for a while. */
async function watchTold(page: Page) {
  await page.addInitScript(() => {
    const told: Told = { count: 0, held: null }
    Object.assign(window, { told })
    const add = EventSource.prototype.addEventListener
    Object.assign(EventSource.prototype, {
      addEventListener(this: EventSource, name: string, hear: EventListener) {
        add.call(this, name, (event: Event) => {
          if (name === 'changed') told.count++
          if (name === 'changed' && told.held) told.held.push(() => hear(event))
          else hear(event)
        })
      },
    })
  })
  return {
    count: () => page.evaluate(() => (window as unknown as { told: Told }).told.count),
    hold: () =>
      page.evaluate(() => {
        const { told } = window as unknown as { told: Told }
        told.held = []
      }),
    /** Lets the page hear what was kept back, and waits until it has drawn what it makes of it. */
    letGo: () =>
      page.evaluate(async () => {
        const { told } = window as unknown as { told: Told }
        for (const hear of told.held ?? []) hear()
        told.held = null
        await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))
      }),
  }
}

import { and, eq, sql } from 'drizzle-orm'
import { database } from '#db/client'
import { installations } from '#db/schema/installations'
import { makeAuthorization, makeTokenFamily } from '#test/authorizations'
import { makeApp } from '#test/factories'
import { connectedApps } from '../console.ts'
import { expect, test } from '../fixtures.ts'
import { makeHouse, makePerson } from '../people.ts'

test('a review of unused apps: find them, see what ends, remove all that match', async ({ openWindow }) => {
  const { organization, owner: ada } = await makeHouse('Northwind Trading', 'Ada Berg')
  const mia = await makePerson(organization, 'member', 'Mia Lindqvist')
  const used = async (name: string, days: number | null) => {
    const app = await makeApp({ organization, name })
    await makeTokenFamily(await makeAuthorization(mia, app, organization), app)
    await database()
      .update(installations)
      .set({
        firstAuthorizedAt: sql`now() - interval '400 days'`,
        lastUsedAt: days === null ? null : sql`now() - make_interval(days => ${days})`,
      })
      .where(and(eq(installations.appId, app.id), eq(installations.rootOrganizationId, organization.id)))
  }
  await used('Order Desk', 0)
  await used('Meetly Notes', 40)
  await used('Old Scanner', 120)
  await used('Forgotten Export', 300)
  await used('Never Tried', null)
  const desk = await openWindow(ada)
  const rows = desk.getByRole('table', { name: 'Authorizations' }).getByRole('row')

  await test.step('the bar says how long ago apps were used, and each part is a filter', async () => {
    await desk.goto(connectedApps(organization, 'authorizations'))
    const bar = desk.getByRole('navigation', { name: 'Apps by last use' })
    await expect(bar.getByRole('link', { name: 'This week 1' })).toBeVisible()
    await bar.getByRole('link', { name: 'Longer ago 2' }).click()
    await expect(rows).toHaveCount(3)
    await bar.getByRole('link', { name: 'Longer ago 2' }).click()
    await expect(rows).toHaveCount(6)
  })

  await test.step('unused for 90 days: also what was never used; it stands in the address', async () => {
    await desk.getByRole('button', { name: 'Last use' }).click()
    await desk.getByRole('option', { name: 'Unused for 90 days' }).click()
    await expect(desk).toHaveURL(/use=unused-90/)
    await expect(rows).toHaveCount(4)
    await desk.reload()
    await expect(rows).toHaveCount(4)
    for (const name of ['Old Scanner', 'Forgotten Export', 'Never Tried'])
      await expect(desk.getByRole('row', { name: new RegExp(name) })).toBeVisible()
  })

  await test.step('all that match are removed, after their numbers were shown', async () => {
    await desk.getByRole('checkbox', { name: 'Select all on this page' }).check()
    const bar = desk.getByRole('region', { name: 'Selected apps' })
    await expect(bar).toContainText('3 apps selected')
    await bar.getByRole('button', { name: 'Remove…' }).click()
    const question = desk.getByRole('alertdialog')
    await expect(question).toContainText('Remove 3 apps?')
    await expect(question).toContainText('authorizations end')
    await expect(question).toContainText('Forgotten Export, Never Tried, Old Scanner.')
    await question.getByRole('button', { name: 'Remove 3 apps' }).click()
    const receipt = desk.getByRole('dialog')
    await expect(receipt).toContainText('3 apps removed')
    await receipt.getByRole('link', { name: 'Open the receipt' }).click()
    await expect(desk.getByText('Counted to the end.')).toBeVisible()
    await expect(desk.getByRole('table', { name: 'What ended' }).getByRole('row')).toHaveCount(4)
  })

  await test.step('what is used stays, for the person too', async () => {
    await desk.goto(connectedApps(organization, 'authorizations'))
    await expect(rows).toHaveCount(3)
    const phone = await openWindow(mia)
    await phone.goto('/my-apps')
    await expect(phone.getByRole('main')).toContainText('2 apps may act for you')
  })
})

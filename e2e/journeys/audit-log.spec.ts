import { readFile } from 'node:fs/promises'
import { updateApp } from '#lib/domain/connected-apps/update-app'
import { as } from '#test/actors'
import { makeApp, makeMember, makeOrganization } from '#test/factories'
import { auditLog } from '../console.ts'
import { expect, test } from '../fixtures.ts'

test('an administrator finds out who changed an app’s redirect URIs last month, and exports it', async ({
  openWindow,
}) => {
  const organization = await makeOrganization()
  const amara = await makeMember(organization, 'administrator', { fullName: 'Amara Nwosu' })
  const app = await makeApp({ organization, name: 'Care Console' })
  const other = await makeApp({ organization, name: 'Order Desk' })
  const moved = { redirectUris: ['https://care-console.example.com/signed-in'] }
  await updateApp(as(amara), { appId: app.id, version: 1, ...moved })
  await updateApp(as(organization.owner), {
    appId: other.id,
    version: 1,
    website: 'https://order.example.com',
  })
  const desk = await openWindow(organization.owner)

  await test.step('she narrows the log down to changes of that app', async () => {
    await desk.goto(auditLog(organization))
    await desk.getByRole('button', { name: 'App', exact: true }).click()
    await desk.getByRole('combobox', { name: 'Name of an app' }).fill('care')
    await desk.getByRole('option', { name: /Care Console/ }).click()
    await expect(desk).toHaveURL(new RegExp(`app=${app.id}`))
    await desk.getByRole('button', { name: 'When' }).click()
    await desk.getByRole('menuitemcheckbox', { name: 'Last 30 days' }).click()
    await desk.keyboard.press('Escape')
    await expect(desk).toHaveURL(/when=30d/)
    const rows = desk.getByRole('table', { name: 'Audit log' }).getByRole('row')
    await expect(rows).toHaveCount(2)
    await expect(rows.last()).toContainText('Amara Nwosu changed Care Console')
    await expect(rows.last()).toContainText('Redirect URIs: added https://care-console.example.com/signed-in')
  })

  await test.step('its details say what it was before, and from where', async () => {
    await desk.getByRole('link', { name: 'Amara Nwosu changed Care Console' }).click()
    const details = desk.getByRole('complementary', { name: 'Amara Nwosu changed Care Console' })
    await expect(details).toContainText('Removed: https://app.example.com/callback')
    await expect(details).toContainText('203.0.113.7')
    await details.getByRole('link', { name: 'Close' }).click()
    await expect(details).toHaveCount(0)
  })

  await test.step('she takes it along, and that is on record', async () => {
    await desk.getByRole('link', { name: 'Export' }).click()
    const download = desk.waitForEvent('download')
    await desk.getByRole('button', { name: 'Export 1 event' }).click()
    const text = await readFile(await (await download).path(), 'utf8')
    expect(text.split('\r\n')).toEqual([
      expect.stringMatching(/^\uFEFFtime,act,what/),
      expect.stringContaining('connected-app.updated,Amara Nwosu changed Care Console'),
      expect.stringMatching(/^end of export,1,/),
      '',
    ])
    await expect(desk.getByRole('status').filter({ hasText: '1 event exported' })).toBeVisible()
    await desk.goto(auditLog(organization))
    await expect(desk.getByRole('row').nth(1)).toContainText('exported the audit log')
  })
})

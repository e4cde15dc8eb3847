import { readFileSync } from 'node:fs'
import { eq } from 'drizzle-orm'
import { database } from '#db/client'
import { appSecrets, connectedApps as connectedAppsTable } from '#db/schema/connected-apps'
import { environment } from '#lib/base/env'
import { makeApp } from '#test/factories'
import { authenticate } from '../asks.ts'
import { connectedApps } from '../console.ts'
import { expect, test } from '../fixtures.ts'
import { makeHouse, makePerson } from '../people.ts'

test('rotating many secrets: from the banner to the file, while every app goes on [P18 P19]', async ({
  openWindow,
  startApp,
}) => {
  const { organization, owner: ada } = await makeHouse('Northwind Trading', 'Ada Berg')
  const ben = await makePerson(organization, 'administrator', 'Ben Okafor')
  const own = { organization, actsAs: 'itself' as const, scopes: ['profile'], redirectUris: [] }
  const due = { ...own, rotationDueSince: new Date() }
  const freight = await makeApp({ ...due, name: 'Freight rates' })
  const payables = await makeApp({ ...due, name: 'Payables' })
  const quiet = await makeApp({ ...own, name: 'Quiet one' })
  const program = await startApp()
  const issuer = environment().publicUrl
  await program.configure({ issuer, clientId: freight.clientId, clientSecret: freight.secret })
  const desk = await openWindow(ada)
  const list = connectedApps(organization, 'owned-apps')
  const fresh = new Map<string, string>()

  await test.step('the banner leads to what would happen, and nothing has happened yet', async () => {
    await desk.goto(list)
    await expect(desk.getByText('The secrets of 2 apps should be rotated.')).toBeVisible()
    await desk.getByRole('link', { name: 'Rotate 2 secrets…' }).click()
    const ready = desk.getByRole('list', { name: 'Apps that get a new secret' })
    await expect(ready.getByRole('listitem')).toHaveText([/Freight rates/, /Payables/])
    await desk.getByRole('radio', { name: '1 hour' }).check()
    await expect(desk.getByText('the older ones end in 1 hour')).toBeVisible()
    expect(await program.clientCredentials()).toHaveProperty('access_token')
  })

  await test.step('the job does it, and the new secrets come as one file, once', async () => {
    await desk.getByRole('button', { name: 'Rotate 2 secrets' }).click()
    await expect(desk.getByRole('heading', { name: 'Finished' })).toBeVisible()
    await expect(desk.getByRole('progressbar', { name: 'Secrets rotated' })).toHaveAttribute(
      'aria-valuenow',
      '2',
    )
    const elsewhere = await openWindow(ben)
    expect((await elsewhere.goto(desk.url()))?.status(), 'nobody else sees it').toBe(404)
    await desk.getByRole('button', { name: 'Show them once' }).click()
    const download = desk.waitForEvent('download')
    await desk.getByRole('button', { name: 'Download CSV' }).click()
    const [head, ...lines] = readFileSync(await (await download).path(), 'utf8')
      .trim()
      .split('\n')
    expect(head).toBe('app,client_id,client_secret')
    for (const line of lines) {
      const [, clientId = '', secret = ''] = line.split(',')
      fresh.set(clientId, secret)
    }
    expect([...fresh.keys()].sort()).toEqual([freight.clientId, payables.clientId].sort())
    await desk.reload()
    await expect(desk.getByText('The new secrets were taken along')).toBeVisible()
    expect(await desk.content()).not.toContain(fresh.get(freight.clientId))
  })

  await test.step('new and old work side by side; after the overlap the new one alone', async () => {
    expect(await program.clientCredentials()).toHaveProperty('access_token')
    const clientSecret = fresh.get(freight.clientId) ?? ''
    await program.configure({ issuer, clientId: freight.clientId, clientSecret })
    expect(await program.clientCredentials()).toHaveProperty('access_token')
    // An hour goes by.
    await database()
      .update(appSecrets)
      .set({ expiresAt: new Date(Date.now() - 1000) })
      .where(eq(appSecrets.lastFour, freight.secret.slice(-4)))
    expect(await authenticate(freight.clientId, freight.secret)).toMatchObject({ error: 'invalid_client' })
    expect(await program.clientCredentials()).toHaveProperty('access_token')
    expect(await authenticate(quiet.clientId, quiet.secret)).not.toMatchObject({ error: 'invalid_client' })
  })

  await test.step('the banner is gone, and chosen apps go the same way', async () => {
    await desk.goto(list)
    await expect(desk.getByText(/should be rotated\./)).toBeHidden()
    await desk.getByRole('checkbox', { name: 'Select Quiet one' }).check()
    await desk.getByRole('link', { name: 'Rotate secrets…' }).click()
    await expect(desk.getByRole('radio', { name: 'The 1 app you chose' })).toBeChecked()
    const ready = desk.getByRole('list', { name: 'Apps that get a new secret' })
    await expect(ready.getByRole('listitem')).toHaveText([/Quiet one/])
  })

  await test.step('a mark that means nothing is dismissed on the app’s page', async () => {
    await database()
      .update(connectedAppsTable)
      .set({ rotationDueSince: new Date() })
      .where(eq(connectedAppsTable.id, quiet.id))
    await desk.goto(`${list}/${quiet.id}`)
    await expect(desk.getByText('The secret should be rotated.')).toBeVisible()
    await desk.getByRole('button', { name: 'Dismiss…' }).click()
    await desk.getByRole('button', { name: 'Dismiss the mark' }).click()
    await expect(desk.getByText('The mark of Quiet one is gone.')).toBeVisible()
    await expect(desk.getByText('The secret should be rotated.')).toBeHidden()
  })

  await test.step('and so do all that match a search', async () => {
    await desk.goto(`${list}/rotation?which=matching&q=Quiet`)
    await expect(desk.getByRole('radio', { name: 'All that match your search and filters' })).toBeChecked()
    const ready = desk.getByRole('list', { name: 'Apps that get a new secret' })
    await expect(ready.getByRole('listitem')).toHaveText([/Quiet one/])
  })
})

import { createRemoteJWKSet, jwtVerify } from 'jose'
import * as openid from 'openid-client'
import { environment } from '#lib/base/env'
import { newId } from '#lib/base/ids'
import { addMember } from '#lib/domain/organizations/add-member'
import { as } from '#test/actors'
import { makeApp, makeBusinessGroup } from '#test/factories'
import { chooseFromMenu, chooseScopes, connectedApps, saveChanges } from '../console.ts'
import { expect, test } from '../fixtures.ts'
import { makeHouse, makePerson } from '../people.ts'

test('an own API: from its definition to a token that loses its scope', async ({ openWindow, startApp }) => {
  const baseURL = environment().publicUrl
  const { organization, owner: ada } = await makeHouse('Northwind Trading', 'Ada Berg')
  const warehousing = await makeBusinessGroup(organization, { name: 'Warehousing' })
  const mia = await makePerson(organization, 'member', 'Mia Lindqvist')
  const gateway = await makeApp({ organization, name: 'Warehouse Gateway', actsAs: 'itself', scopes: [] })
  const desk = await startApp()
  const app = await makeApp({
    organization,
    name: 'Stock Desk',
    redirectUris: [desk.callbackUrl],
    scopes: ['openid'],
  })
  await desk.configure({ issuer: baseURL, clientId: app.clientId, clientSecret: app.secret })
  const prefix = `stock-${newId('api').slice(-8)}`
  const scope = `${prefix}:count`
  const audience = `https://${prefix}.example.com/warehouse`
  /** What the gateway of the API is told of a token. */
  const ask = async (token: string) => {
    const method = openid.ClientSecretBasic(gateway.secret)
    const options = { execute: [openid.allowInsecureRequests] }
    const config = await openid.discovery(new URL(baseURL), gateway.clientId, undefined, method, options)
    return openid.tokenIntrospection(config, token)
  }
  const page = await openWindow(ada)

  await test.step('an administrator defines an API with JWTs and a scope', async () => {
    await page.goto(connectedApps(organization, 'scopes'))
    await page.getByRole('button', { name: 'Create API' }).click()
    const dialog = page.getByRole('dialog', { name: 'Create an API' })
    await dialog.getByLabel('Name', { exact: true }).fill('Warehouse API')
    await dialog.getByLabel('Audience').fill(audience)
    await dialog.getByLabel('Prefix of its scopes').fill('audit')
    const answeredBy = dialog.getByRole('combobox', { name: /^Answered by/ })
    await answeredBy.click()
    await page.getByRole('option', { name: 'Warehouse Gateway' }).click()
    await expect(answeredBy).toContainText('Warehouse Gateway')
    await dialog.getByRole('radio', { name: 'JWT' }).check()
    await expect(dialog).toContainText('Nothing ends one early')
    await dialog.getByRole('button', { name: 'Create API' }).click()
    await expect(dialog).toContainText('audit is kept for Gatehouse itself.')
    await dialog.getByLabel('Prefix of its scopes').fill(prefix)
    await dialog.getByRole('button', { name: 'Create API' }).click()
    await expect(dialog).toBeHidden()

    await expect(page.getByRole('button', { name: 'Create scope in Warehouse API' })).toBeFocused()
    await page.keyboard.press('Enter')
    const scopeDialog = page.getByRole('dialog', { name: 'Create a scope in Warehouse API' })
    await scopeDialog.getByLabel(`Name, after ${prefix}:`).fill('count')
    await scopeDialog.getByLabel('What consent says').fill('Count what is on the shelves')
    await scopeDialog.getByLabel('Description').fill('Reads and corrects counts.')
    await scopeDialog.getByRole('radio', { name: 'Medium' }).check()
    await scopeDialog.getByRole('checkbox', { name: 'Limited to organizations' }).check()
    await scopeDialog.getByRole('button', { name: 'Create scope' }).click()
    await expect(scopeDialog).toBeHidden()
    await expect(page.getByRole('list', { name: 'Scopes of Warehouse API' })).toContainText(scope)
  })

  await test.step('its link opens it, and says how to ask', async () => {
    await page.goto(`${connectedApps(organization, 'scopes')}#${scope}`)
    const entry = page.getByRole('listitem').filter({ hasText: scope }).first()
    await expect(entry).toContainText('“Count what is on the shelves”')
    await expect(entry).toContainText(`resource=${audience}`)
    await expect(entry).toContainText('No app has it.')
  })

  await test.step('it is given to an app', async () => {
    await page.goto(connectedApps(organization, `owned-apps/${app.id}/scopes`))
    await chooseScopes(page, ['Count what is on the shelves'])
    await saveChanges(page)
  })

  const miasBrowser = await openWindow(mia)
  let jwt = ''
  await test.step('a member reads the sentence and says yes; the API verifies a JWT by the published keys', async () => {
    await miasBrowser.goto(desk.signInUrl(scope, { resource: audience }))
    const consent = miasBrowser.getByRole('main')
    await expect(consent).toContainText('Count what is on the shelves')
    await expect(consent).toContainText('Reads and corrects counts.')
    await expect(consent).toContainText('Medium')
    await miasBrowser.getByRole('button', { name: 'Authorize' }).click()
    await expect(miasBrowser.getByText(`Granted: ${scope}`)).toBeVisible()
    jwt = desk.tokens.access_token
    const keys = createRemoteJWKSet(new URL(`${baseURL}/oauth/jwks`))
    const { payload } = await jwtVerify(jwt, keys, { issuer: baseURL, audience, typ: 'at+jwt' })
    expect(payload).toMatchObject({
      sub: mia.id,
      scope,
      organizations: [{ id: organization.id, roles: ['member'], scopes: [scope] }],
    })
  })

  await test.step('it asks about an opaque one, and sees a role at the very next call [P87 P88]', async () => {
    await miasBrowser.goto(desk.signInUrl(`openid ${scope}`))
    await miasBrowser.getByRole('button', { name: 'Authorize' }).click()
    await expect(miasBrowser.getByText(`Granted: openid ${scope}`)).toBeVisible()
    const token = desk.tokens.access_token
    expect(token).not.toContain('.')
    const here = { id: organization.id, roles: ['member'], scopes: [scope] }
    expect(await ask(token)).toMatchObject({ active: true, scope, organizations: [here] })
    const place = { organizationId: warehousing.id, userId: mia.id }
    await addMember(as(ada), { ...place, role: 'developer' })
    expect(await ask(token)).toMatchObject({
      organizations: [here, { id: warehousing.id, roles: ['developer'], scopes: [scope] }],
    })
  })

  await test.step('Remove says until when the JWT may be accepted, and introspection knows at once', async () => {
    expect(await ask(jwt)).toMatchObject({ active: true })
    await page.goto(connectedApps(organization, 'authorizations'))
    await chooseFromMenu(page, 'Stock Desk', 'Remove…')
    const question = page.getByRole('alertdialog', { name: 'Remove Stock Desk?' })
    await expect(question).toContainText(/JWT access tokens may be accepted until \d\d:\d\d\./)
    await question.getByRole('button', { name: 'Remove' }).click()
    const receipt = page.getByRole('dialog', { name: 'Stock Desk is removed' })
    await expect(receipt).toContainText(
      /JWT access tokens may be accepted until \d\d:\d\d \(\d:\d\d more\)\./,
    )
    await receipt.getByRole('button', { name: 'Done' }).click()
    expect(await ask(jwt)).toEqual({ active: false })
  })

  await test.step('the scope ends: the question says what it takes, and nobody can be given it', async () => {
    await page.goto(`${connectedApps(organization, 'scopes')}#${scope}`)
    await page.getByRole('button', { name: `End ${scope}` }).click()
    const question = page.getByRole('alertdialog', { name: `End ${scope}?` })
    await expect(question).toContainText('Stock Desk')
    await question.getByRole('button', { name: 'End scope' }).click()
    await expect(question).toBeHidden()
    await expect(page.getByText('No scopes yet.')).toBeVisible()
  })
})

import type { Page } from '@playwright/test'
import { authenticate, callApi } from '../asks.ts'
import {
  chooseFromMenu,
  chooseOwner,
  connectedApps,
  createApp,
  saveBar,
  saveChanges,
  setOwnSecret,
  signOut,
  takeCredentials,
} from '../console.ts'
import { expect, test } from '../fixtures.ts'
import { fillInSignIn } from '../people.ts'
import { makeStory } from '../story.ts'

const OWN_SECRET = 'vT4-meadow.Quartz_19-lantern+Orbit~83'
const NEXT_SECRET = 'pine?Harbour-72_velvet.Comet+Ginger~05'

test('the main job: from the first app to the last sign-out', async ({ openWindow, startApp }) => {
  const { organization, finance, logistics, kestrel, ada, ben, mia, kim, ...story } =
    await makeStory(startApp)
  const { orders, ledgerline, sheetbridge, parcelwise, issuer } = story
  const [readOrders = ''] = orders.scopes
  const ledgerlineScopes = `openid profile ${readOrders}`
  const clipboard = ['clipboard-read', 'clipboard-write']
  const desk = await openWindow(null, { permissions: clipboard })
  const miasBrowser = await openWindow(null, { permissions: clipboard })
  let secret = ''
  let clientId = ''
  let appId = ''

  await test.step('1 · an administrator creates an app for users; its secret is shown once [P5 P23 P24 P83 AM-2]', async () => {
    await desk.goto('/')
    await fillInSignIn(desk, ada)
    await expect(desk).toHaveURL(connectedApps(organization, 'owned-apps'))
    const parts = desk.getByRole('navigation', { name: 'Connected Apps' }).getByRole('link')
    await expect(parts).toHaveText([/^Owned Apps/, /^Authorizations/, /^Policy/, 'Scopes documentation'])
    await desk.getByRole('link', { name: 'Create app' }).first().click()
    await createApp(desk, {
      name: 'Ledgerline',
      runs: 'Server',
      redirectUri: ledgerline.callbackUrl,
      scopes: ['Sign you in', 'See your name and username', 'Read orders', 'Change orders'],
      isForEveryone: true,
    })
    await desk.getByRole('button', { name: 'Copy secret' }).click()
    const copied = await desk.evaluate(() => navigator.clipboard.readText())
    const made = await takeCredentials(desk)
    clientId = made.clientId
    secret = made.clientSecret ?? ''
    expect(copied).toBe(secret)
    expect(clientId).toMatch(/^[0-9a-f]{32}$/)
    expect(secret).toMatch(/^ghs_.{43}$/)
    await ledgerline.configure({ issuer, clientId, clientSecret: secret })

    await expect(desk.getByRole('heading', { name: 'Ledgerline', level: 1 })).toBeVisible()
    appId = new URL(desk.url()).pathname.split('/').at(-1) ?? ''
    await desk.getByRole('link', { name: /^Credentials/ }).click()
    await expect(desk.getByRole('table', { name: 'Client secrets' })).toContainText(secret.slice(-4))
    await desk.reload()
    await expect(desk.getByRole('table', { name: 'Client secrets' })).toContainText(secret.slice(-4))
    expect(await desk.content()).not.toContain(secret)
  })

  await test.step('2 · a member authorizes it; it gets tokens, refreshes, reads userinfo; an API introspects [P48 P49 P91]', async () => {
    await miasBrowser.goto(ledgerline.signInUrl(ledgerlineScopes))
    await expect(heading(miasBrowser, 'Sign in to go on to Ledgerline')).toBeVisible()
    await fillInSignIn(miasBrowser, mia)
    await expect(heading(miasBrowser, 'Let Ledgerline act for you at Northwind Trading?')).toBeVisible()
    const consent = miasBrowser.getByRole('main')
    await expect(consent).toContainText('By Northwind Trading')
    await expect(consent).toContainText(`you go back to ${new URL(ledgerline.url).host}`)
    await expect(consent).toContainText('Mia Lindqvist')
    await expect(consent).toContainText('See your name and username')
    await expect(consent).toContainText('Orders with their lines, prices and customers.')
    await expect(consent).not.toContainText('Change orders')
    await miasBrowser.getByRole('button', { name: 'Authorize' }).click()
    await expect(heading(miasBrowser, 'Signed in as Mia Lindqvist')).toBeVisible()

    const first = ledgerline.tokens.access_token
    await ledgerline.refresh()
    expect(ledgerline.tokens.access_token).not.toBe(first)
    expect(await ledgerline.userInfo()).toMatchObject({ sub: mia.id, name: 'Mia Lindqvist' })
    expect(await orders.ask(ledgerline.tokens.access_token)).toMatchObject({
      active: true,
      scope: readOrders,
      sub: mia.id,
      aud: orders.audience,
    })
    // Nobody needs an entry: the policy of a new organization is Unrestricted.
    await miasBrowser.goto(sheetbridge.signInUrl('openid profile'))
    await miasBrowser.getByRole('button', { name: 'Authorize' }).click()
    await expect(heading(miasBrowser, 'Signed in as Mia Lindqvist')).toBeVisible()
  })

  await test.step('3 · the administrator sees it under Authorizations, and its details [P36 P37 P38]', async () => {
    await desk.getByRole('link', { name: 'Connected Apps' }).first().click()
    await desk
      .getByRole('navigation', { name: 'Connected Apps' })
      .getByRole('link', { name: /^Authorizations/ })
      .click()
    await expect(desk.getByRole('row', { name: /Sheetbridge/ })).toBeVisible()
    await chooseFromMenu(desk, 'Ledgerline', 'Show details')
    const details = desk.getByLabel('Details of Ledgerline')
    await expect(details).toContainText('Mia Lindqvist')
    await expect(details).toContainText('Read orders')
    await expect(details).toContainText('See your name and username')
  })

  await test.step('4 · Unrestricted becomes Restricted, seen before it is saved; what runs notices nothing [P51 P53]', async () => {
    await desk.goto(connectedApps(organization, 'policy'))
    await expect(desk.getByRole('radio', { name: /^Unrestricted/ })).toBeChecked()
    await desk.getByRole('radio', { name: /^Restricted/ }).check()
    await expect(heading(desk, 'What changes when you save')).toBeVisible()
    const affected = desk.getByRole('table', { name: 'Apps and what becomes of them' })
    await expect(affected.getByRole('row', { name: /Sheetbridge/ })).toContainText('Listed with 2 scopes')
    await expect(affected.getByRole('row', { name: /Ledgerline/ })).toContainText(
      'Keeps running, internal; listed with',
    )
    await expect(saveBar(desk)).toContainText('Unrestricted becomes Restricted.')
    await saveChanges(desk)
    await expect(desk.getByRole('radio', { name: /^Restricted/ })).toBeChecked()
    await expect(desk.getByRole('radio', { name: 'Restricted In force' })).toBeVisible()

    await desk.getByRole('link', { name: /^Allowlist/ }).click()
    const list = desk.getByRole('table', { name: 'Application allowlist' })
    await list.getByRole('link', { name: 'Ledgerline' }).click()
    const entry = desk.getByLabel('What people may grant it')
    await expect(entry).toContainText('Read orders')
    await expect(entry).not.toContainText('Change orders')
    await expect(list.getByRole('link', { name: 'Sheetbridge' })).toBeVisible()

    expect(await sheetbridge.introspect()).toMatchObject({ active: true })
    await sheetbridge.refresh()
    await miasBrowser.goto(sheetbridge.signInUrl('openid profile'))
    await expect(heading(miasBrowser, 'Signed in as Mia Lindqvist')).toBeVisible()
  })

  let approvalLink = ''
  await test.step('5 · an app that is not listed gets nothing; the member is told whom to ask, and asks [P54 P61 P62 P70]', async () => {
    await miasBrowser.goto(parcelwise.signInUrl('openid profile'))
    await expect(heading(miasBrowser, 'Parcelwise needs an administrator’s approval')).toBeVisible()
    const page = miasBrowser.getByRole('main')
    await expect(page).toContainText('Northwind Trading decides which apps its people may use')
    await expect(page).toContainText('Contact your administrator. Nothing was shared with Parcelwise.')
    await expect(page).toContainText('Signed in as Mia Lindqvist')
    await expect(page.getByRole('link', { name: 'Sign in with another account' })).toBeVisible()
    const link = page.getByLabel(/administrator this link/)
    await expect(link).not.toBeEditable()
    approvalLink = await link.inputValue()
    await page.getByRole('button', { name: 'Copy' }).click()
    await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible()
    expect(await miasBrowser.evaluate(() => navigator.clipboard.readText())).toBe(approvalLink)
    await page.getByLabel('Why do you need it?').fill('Labels for the returns desk')
    await page.getByRole('button', { name: 'Request approval' }).click()
    await expect(page).toContainText('Waiting for approval')
    await expect(page).toContainText('“Labels for the returns desk”')
    expect(() => parcelwise.tokens, 'the app got nothing').toThrow()
  })

  await test.step('6 · the administrator follows the link and allowlists it; the member gets through [P63 P67]', async () => {
    await desk.goto(approvalLink)
    const page = desk.getByRole('main')
    await expect(page).toContainText('Parcelwise')
    await expect(page).toContainText('“Labels for the returns desk”')
    await expect(page).toContainText('See your name and username')
    await desk.getByRole('button', { name: 'Allowlist app for Northwind Trading' }).click()
    await expect(heading(desk, 'Parcelwise is on the allowlist of Northwind Trading')).toBeVisible()

    await miasBrowser.getByRole('link', { name: 'Start again' }).click()
    await expect(heading(miasBrowser, 'Let Parcelwise act for you at Northwind Trading?')).toBeVisible()
    await miasBrowser.getByRole('button', { name: 'Authorize' }).click()
    await expect(heading(miasBrowser, 'Signed in as Mia Lindqvist')).toBeVisible()
  })

  await test.step('7 · one scope more is blocked and shown apart; what was granted goes on; approved again [P72 P73 P75 P76 P77]', async () => {
    const before = parcelwise.tokens
    await miasBrowser.goto(parcelwise.signInUrl('openid profile email'))
    await expect(heading(miasBrowser, 'Parcelwise asks for more than is approved')).toBeVisible()
    const page = miasBrowser.getByRole('main')
    await expect(page.getByText('See your e-mail address')).toBeVisible()
    await expect(page.getByText('See your name and username')).toBeHidden()
    await page.getByText('2 things are approved already').click()
    await expect(page.getByText('See your name and username')).toBeVisible()
    const link = await page.getByLabel(/administrator this link/).inputValue()
    expect(link).not.toBe(approvalLink)

    expect(await parcelwise.introspect(before.access_token)).toMatchObject({ active: true })
    await expect(parcelwise.refresh({ scope: 'openid profile email' })).rejects.toMatchObject({
      error: 'invalid_scope',
    })
    await parcelwise.refresh()
    await miasBrowser.goto(parcelwise.signInUrl('openid profile'))
    await expect(heading(miasBrowser, 'Signed in as Mia Lindqvist')).toBeVisible()

    await desk.goto(link)
    await expect(heading(desk, /^New, asked on/)).toBeVisible()
    await expect(heading(desk, 'Allowed already')).toBeVisible()
    await desk.getByRole('button', { name: 'Allowlist app for Northwind Trading' }).click()
    await expect(heading(desk, 'Parcelwise is on the allowlist of Northwind Trading')).toBeVisible()
    await miasBrowser.goto(parcelwise.signInUrl('openid profile email'))
    await expect(heading(miasBrowser, 'Let Parcelwise do more for you at Northwind Trading?')).toBeVisible()
    await miasBrowser.getByRole('button', { name: 'Authorize' }).click()
    await expect(heading(miasBrowser, 'Signed in as Mia Lindqvist')).toBeVisible()
    expect(parcelwise.tokens.scope).toBe('openid profile email')
  })

  await test.step('8 · the owner changes on Save changes; a chosen secret works at once, the old one as long as was chosen [P20 P22 P23 P26 P28 P29]', async () => {
    await desk.goto(connectedApps(organization, 'owned-apps'))
    const row = desk.getByRole('row', { name: /Ledgerline/ })
    for (const said of ['On behalf of users', 'Northwind Trading', 'Ada Berg', clientId.slice(0, 6)])
      await expect(row).toContainText(said)
    await chooseFromMenu(desk, 'Ledgerline', 'Copy client ID')
    await expect(desk.getByText('The client ID of Ledgerline is copied.')).toBeVisible()
    expect(await desk.evaluate(() => navigator.clipboard.readText())).toBe(clientId)
    await desk.getByRole('link', { name: 'Ledgerline' }).click()
    const form = desk.getByRole('main')
    await expect(form).toContainText(ada.username)
    await desk.getByRole('textbox', { name: 'Name', exact: true }).fill('Ledgerline 2')
    await chooseOwner(desk, ben.username, 'Ben Okafor')
    await expect(saveBar(desk)).toContainText('Ben Okafor')
    await saveBar(desk).getByRole('button', { name: 'Cancel' }).click()
    await expect(saveBar(desk)).toBeHidden()
    await desk.reload()
    await expect(form).toContainText(ada.username)
    await expect(desk.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('Ledgerline')
    await chooseOwner(desk, 'Okafor', 'Ben Okafor')
    await saveChanges(desk)
    await desk.reload()
    await expect(form).toContainText(ben.username)

    await desk.getByRole('link', { name: /^Credentials/ }).click()
    await desk.getByRole('button', { name: 'Rotate secret…' }).click()
    await desk.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
    await desk.reload()
    const secrets = desk.getByRole('table', { name: 'Client secrets' })
    await expect(secrets.getByRole('row'), 'the head, and the one there was').toHaveCount(2)
    await setOwnSecret(desk, OWN_SECRET, '1 hour')
    await ledgerline.configure({ issuer, clientId, clientSecret: OWN_SECRET })
    expect(await ledgerline.introspect()).toMatchObject({ active: true })
    await ledgerline.configure({ issuer, clientId, clientSecret: secret })
    expect(await ledgerline.introspect()).toMatchObject({ active: true })

    await setOwnSecret(desk, NEXT_SECRET, 'At once')
    for (const ended of [secret, OWN_SECRET])
      expect(await authenticate(clientId, ended)).toMatchObject({
        status: 401,
        error: 'invalid_client',
      })
    await ledgerline.configure({ issuer, clientId, clientSecret: NEXT_SECRET })
    await ledgerline.refresh()
  })

  await test.step('9 · Remove: the very next look at every token says no; elsewhere the app works on [P39 P40 P41 P42 P43 P44]', async () => {
    const ofMia = ledgerline.tokens
    const kimsBrowser = await openWindow(kim)
    await kimsBrowser.goto(ledgerline.signInUrl('openid profile'))
    await kimsBrowser.getByRole('button', { name: 'Authorize' }).click()
    await expect(heading(kimsBrowser, 'Signed in as Kim Reyes')).toBeVisible()
    const ofKim = ledgerline.tokens
    ledgerline.holdCodes()
    await miasBrowser.goto(ledgerline.signInUrl(ledgerlineScopes))
    await expect(heading(miasBrowser, 'Code received')).toBeVisible()

    await desk.goto(connectedApps(organization, 'authorizations'))
    await chooseFromMenu(desk, 'Ledgerline', /^Remove/)
    const dialog = desk.getByRole('alertdialog', { name: 'Remove Ledgerline?' })
    await expect(dialog).toContainText('for 1 person')
    await expect(dialog).toContainText(/tokens stop working.*[1-9]/)
    await expect(dialog).toContainText('This can’t be undone.')
    await dialog.getByRole('button', { name: 'Remove', exact: true }).click()
    const receipt = desk.getByRole('dialog', { name: 'Ledgerline is removed' })
    await expect(receipt).toContainText('person lost it')
    expect(await ledgerline.introspect(ofMia.access_token)).toEqual({ active: false })
    expect(await orders.ask(ofMia.access_token)).toEqual({ active: false })
    await expect(ledgerline.userInfo(ofMia.access_token)).rejects.toMatchObject({ status: 401 })
    await expect(ledgerline.refreshWith(ofMia.refresh_token)).rejects.toMatchObject({
      error: 'invalid_grant',
    })
    await expect(ledgerline.useHeldCode()).rejects.toMatchObject({ error: 'invalid_grant' })
    await receipt.getByRole('button', { name: 'Done' }).click()
    await expect(desk.getByRole('row', { name: /Sheetbridge/ })).toBeVisible()
    await expect(desk.getByRole('row', { name: /Ledgerline/ })).toBeHidden()

    expect(await ledgerline.introspect(ofKim.access_token)).toMatchObject({ active: true })
    await ledgerline.refreshWith(ofKim.refresh_token)
    await miasBrowser.goto(ledgerline.signInUrl(ledgerlineScopes))
    await expect(heading(miasBrowser, 'Let Ledgerline act for you at Northwind Trading?')).toBeVisible()
  })

  await test.step('10 · an app acting for itself has what was chosen, where it was chosen [P45 P84 P85]', async () => {
    const importer = await startApp()
    await desk.goto(connectedApps(organization, 'owned-apps/new'))
    await createApp(desk, {
      name: 'Night import',
      actsAs: 'On its own behalf',
      scopes: ['See connected apps'],
      places: { 'connected-apps:read': ['Finance'] },
    })
    await importer.configure({ issuer, ...(await takeCredentials(desk)) })
    const { access_token: token } = await importer.clientCredentials('connected-apps:read')
    expect(await callApi(token, `organizations/${finance.id}/connected-apps`)).toBe(200)
    expect(await callApi(token, `organizations/${logistics.id}/connected-apps`)).toBe(403)
    expect(await callApi(token, `connected-apps/${appId}`), 'it resides above').toBe(404)
    expect(await callApi(token, `organizations/${kestrel.id}/connected-apps`)).not.toBe(200)
    expect(await callApi(token, `organizations/${finance.id}/events`), 'another scope').toBe(403)
    await expect(importer.clientCredentials('audit:read')).rejects.toMatchObject({ error: 'invalid_scope' })
    await desk.goto(connectedApps(organization, 'authorizations'))
    await expect(desk.getByRole('row', { name: /Sheetbridge/ })).toBeVisible()
    await expect(desk.getByRole('row', { name: /Night import/ })).toBeHidden()
  })

  await test.step('11 · the administrator signs out, the member signs in at the same browser: apps get the member [P132]', async () => {
    await desk.goto(ledgerline.signInUrl('openid profile'))
    await desk.getByRole('button', { name: 'Authorize' }).click()
    await expect(heading(desk, 'Signed in as Ada Berg')).toBeVisible()
    await desk.goto(connectedApps(organization, 'owned-apps'))
    await signOut(desk, 'Ada Berg')
    await desk.goto('/sign-in')
    await fillInSignIn(desk, mia)
    await expect(heading(desk, 'My apps')).toBeVisible()
    await desk.goto(sheetbridge.signInUrl('openid profile'))
    await expect(heading(desk, 'Signed in as Mia Lindqvist')).toBeVisible()
    expect(await sheetbridge.userInfo()).toMatchObject({ sub: mia.id })
    await desk.goto(ledgerline.signInUrl('openid profile', { prompt: 'none' }))
    await expect(desk.getByText(/^(consent|interaction)_required/)).toBeVisible()
  })
})

function heading(page: Page, name: string | RegExp) {
  return page.getByRole('heading', { name })
}

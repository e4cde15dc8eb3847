import { and, eq } from 'drizzle-orm'
import { database } from '#db/client'
import { events } from '#db/schema/audit'
import { newId } from '#lib/base/ids'
import { settleHome } from '#lib/domain/users/settle-home'
import { makeApp, makeBusinessGroup, makeMembership } from '#test/factories'
import { tokenSentTo } from '#test/outbox'
import { authenticate } from '../asks.ts'
import { chooseFromMenu, connectedApps } from '../console.ts'
import { expect, test } from '../fixtures.ts'
import { fillInSignIn, makeHouse, makePerson, withPassword } from '../people.ts'

const people = (organization: { id: string }, part = '') =>
  `/o/${organization.id}/access-management/people${part}`

test('somebody leaves: the effect first, then their apps are looked after and nothing acts for them [P9 P13 P14 P18]', async ({
  openWindow,
  startApp,
}) => {
  const { organization, owner } = await makeHouse('Northwind Trading', 'Ada Berg')
  const finance = await makeBusinessGroup(organization, { name: 'Finance' })
  const tom = await makePerson(organization, 'developer', 'Tom Becker')
  await makeMembership(finance, tom.id, 'administrator')
  const running = await startApp()
  const ledger = await makeApp({
    organization,
    name: 'Ledger Sync',
    ownerId: tom.id,
    redirectUris: [running.callbackUrl],
  })
  await makeApp({ organization: finance, name: 'Month-end Close', ownerId: tom.id })
  await makeApp({ organization, name: 'Somebody else’s' })
  const page = await openWindow(owner)
  await page.goto(people(organization))
  const issuer = new URL(page.url()).origin
  await running.configure({ issuer, clientId: ledger.clientId, clientSecret: ledger.secret })

  const toms = await openWindow(tom)
  await toms.goto(running.signInUrl('openid profile'))
  await toms.getByRole('button', { name: 'Authorize' }).click()
  await expect(toms.getByRole('heading', { name: 'Signed in as Tom Becker' })).toBeVisible()
  expect((await running.introspect()).active).toBe(true)

  await test.step('what removing does is told in numbers and names, and Cancel changes nothing', async () => {
    await page.getByLabel('Search people').fill('tom')
    await expect(page.getByRole('table', { name: 'People' }).getByRole('row')).toHaveCount(2)
    await chooseFromMenu(page, 'Tom Becker', 'Remove from Northwind Trading…')
    const dialog = page.getByRole('alertdialog', { name: 'Remove Tom Becker from Northwind Trading?' })
    await expect(dialog.getByText('2 apps go to Ada Berg.')).toBeVisible()
    await expect(dialog.getByText(/the secrets are marked “should be rotated”/)).toBeVisible()
    const moving = dialog.getByRole('list', { name: 'Apps that change their owner' })
    await expect(moving.getByRole('listitem')).toHaveText([/Ledger Sync/, /Month-end Close/])
    await expect(dialog.getByText('authorization ends', { exact: true })).toBeVisible()
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await expect(page.getByRole('link', { name: 'Tom Becker' })).toBeVisible()
    expect((await running.introspect()).active).toBe(true)
  })

  await test.step('removed, their token is dead at the next question, and the app itself goes on', async () => {
    await chooseFromMenu(page, 'Tom Becker', 'Remove from Northwind Trading…')
    const dialog = page.getByRole('alertdialog')
    await dialog.getByRole('button', { name: 'Remove', exact: true }).click()
    await expect(page.getByText('Tom Becker is removed from Northwind Trading.')).toBeVisible()
    await expect(page.getByText('2 apps went to Ada Berg; rotate their secrets.')).toBeVisible()
    await expect(page.getByText('Nobody matches')).toBeVisible()
    expect((await running.introspect()).active).toBe(false)
    await expect(running.refresh()).rejects.toMatchObject({ error: 'invalid_grant' })
    expect(await authenticate(ledger.clientId, ledger.secret)).toMatchObject({ error: 'invalid_grant' })
    expect((await toms.goto(connectedApps(organization, 'owned-apps')))?.status()).not.toBe(200)
  })

  await test.step('the moved apps stand out until their secret is new, and the log tells why each moved', async () => {
    await page.goto(connectedApps(organization, 'owned-apps?secret=due'))
    const table = page.getByRole('table', { name: 'Owned Apps' })
    await expect(table.getByRole('row', { name: /Ledger Sync/ })).toContainText('Should be rotated')
    await expect(table.getByRole('row')).toHaveCount(3)
    const moves = await database()
      .select()
      .from(events)
      .where(
        and(eq(events.rootOrganizationId, organization.id), eq(events.name, 'connected-app.owner-changed')),
      )
    expect(moves.map(({ subjectName, details }) => [subjectName, details.trigger]).sort()).toEqual([
      ['Ledger Sync', 'membership-ended'],
      ['Month-end Close', 'membership-ended'],
    ])
  })
})

test('somebody new is invited, joins without JavaScript, and sees what their role allows', async ({
  openWindow,
}) => {
  const { organization, owner } = await makeHouse('Northwind Trading', 'Ada Berg')
  await makeBusinessGroup(organization, { name: 'Sales' })
  const email = `nia-${newId('user').slice(-12)}@example.com`
  const page = await openWindow(owner)
  await page.goto(people(organization))
  await page.getByRole('button', { name: 'Invite people' }).click()
  const dialog = page.getByRole('dialog', { name: 'Invite people' })
  await dialog.getByLabel('E-mail addresses').fill(`${email}, ${owner.email}`)
  await dialog.getByRole('radio', { name: 'Developer' }).check()
  await dialog.getByLabel('How many apps they may own there and below').fill('2')
  await dialog.getByRole('button', { name: 'Invite 2 people' }).click()
  await expect(page.getByText(`${email} is invited.`)).toBeVisible()
  await expect(page.getByText(`Left out, because they have a place`)).toContainText(owner.email)
  await page.getByRole('link', { name: /^Invitations/ }).click()
  await expect(page.getByRole('row', { name: new RegExp(email) })).toContainText('Developer, 2 apps')
  const dead = await tokenSentTo(email, 'invitation')
  await chooseFromMenu(page, email, 'Send again')
  await expect(page.getByText(`${email} gets a new link.`)).toBeVisible()
  const link = `/invitation?token=${await tokenSentTo(email, 'invitation')}`

  const nias = await openWindow(null, { javaScriptEnabled: false })
  await nias.goto(`/invitation?token=${dead}`)
  await expect(nias.getByRole('heading', { name: 'This invitation is not good any more' })).toBeVisible()
  for (let opened = 0; opened < 2; opened += 1) {
    await nias.goto(link)
    await expect(nias.getByRole('heading', { name: 'Join Northwind Trading' })).toBeVisible()
  }
  await expect(nias.getByText('Ada Berg invites you as a developer.')).toBeVisible()
  await expect(nias.getByLabel('E-mail address')).toHaveValue(email)
  const username = email.split('@')[0] ?? ''
  await nias.getByLabel('Your name').fill('Nia Bloom')
  await nias.getByLabel('Username').fill(owner.username)
  await nias.getByLabel('Password').fill('four words make a gate')
  await nias.getByRole('button', { name: 'Create account and join' }).click()
  await expect(nias.getByText('Somebody already has this username.')).toBeVisible()
  await expect(nias.getByLabel('Your name')).toHaveValue('Nia Bloom')
  await nias.getByLabel('Username').fill(username)
  await nias.getByLabel('Password').fill('four words make a gate')
  await nias.getByRole('button', { name: 'Create account and join' }).click()
  await expect(nias).toHaveURL(connectedApps(organization, 'owned-apps'))
  expect((await nias.goto(people(organization)))?.status()).toBe(403)
  await nias.goto(link)
  await expect(nias.getByRole('heading', { name: 'This invitation is not good any more' })).toBeVisible()

  await page.goto(people(organization))
  await page.getByRole('link', { name: 'Nia Bloom' }).click()
  await expect(page.getByRole('heading', { name: 'Nia Bloom' })).toBeVisible()
  await expect(page.getByRole('table', { name: 'Places and roles' })).toContainText('0 of 2 apps')
})

test('somebody with an account signs in on the way and joins with one press; another account is told so', async ({
  openWindow,
}) => {
  const { organization, owner } = await makeHouse('Northwind Trading', 'Ada Berg')
  const { organization: kestrel, owner: kim } = await makeHouse('Kestrel Software', 'Kim Reyes')
  const mia = await makePerson(kestrel, 'member', 'Mia Lindqvist')
  await database().transaction((tx) => settleHome(tx, mia.id, kestrel.id))
  const page = await openWindow(owner)
  await page.goto(people(organization))
  await page.getByRole('button', { name: 'Invite people' }).click()
  const dialog = page.getByRole('dialog', { name: 'Invite people' })
  await dialog.getByLabel('E-mail addresses').fill(mia.email)
  await dialog.getByRole('radio', { name: 'Administrator' }).check()
  await dialog.getByRole('button', { name: 'Send invitation' }).click()
  await expect(page.getByText(`${mia.email} is invited.`)).toBeVisible()
  const link = `/invitation?token=${await tokenSentTo(mia.email, 'invitation')}`

  const browser = await openWindow(kim, { javaScriptEnabled: false })
  await browser.goto(link)
  await expect(browser.getByText('You are signed in with another account:')).toBeVisible()
  await expect(browser.getByRole('button', { name: 'Join' })).toHaveCount(0)
  await browser.getByRole('link', { name: 'Switch account' }).click()
  await fillInSignIn(browser, await withPassword(mia))
  await expect(browser.getByRole('heading', { name: 'Join Northwind Trading' })).toBeVisible()
  await browser.getByRole('button', { name: 'Join' }).click()
  await expect(browser).toHaveURL(connectedApps(organization, 'owned-apps'))

  await page.goto(people(organization))
  await expect(page.getByRole('row', { name: /Mia Lindqvist/ })).toContainText('Guest')
  await page.getByRole('link', { name: 'Mia Lindqvist' }).click()
  // Her row in the list has a menu of the same name.
  await expect(page.getByRole('heading', { name: 'Mia Lindqvist' })).toBeVisible()
  await page.getByRole('button', { name: 'More actions for Mia Lindqvist' }).click()
  await expect(page.getByRole('menuitem', { name: 'Hand over ownership…' })).toBeVisible()
  await expect(page.getByRole('menuitem', { name: /account/ })).toHaveCount(0)
})

test('people of a branch are their administrator’s; everybody else is refused, and nobody knows of strangers [P1 P3 P128]', async ({
  openWindow,
}) => {
  const { organization } = await makeHouse('Northwind Trading', 'Ada Berg')
  const finance = await makeBusinessGroup(organization, { name: 'Finance' })
  const faye = await makePerson(finance, 'administrator', 'Faye Sandoval')
  const liu = await makePerson(await makeBusinessGroup(organization), 'administrator', 'Liu Wen')
  const { organization: kestrel, owner: kim } = await makeHouse('Kestrel Software', 'Kim Reyes')
  for (const person of [
    await makePerson(organization, 'member', 'Mia Lindqvist'),
    await makePerson(organization, 'developer', 'Dev Patel'),
  ]) {
    const page = await openWindow(person)
    for (const part of ['', `/${faye.id}`, '/invitations', '/groups'])
      expect((await page.goto(people(organization, part)))?.status(), part).toBe(403)
    await expect(page.getByRole('link', { name: 'People', exact: true })).toHaveCount(0)
  }
  const page = await openWindow(faye)
  expect((await page.goto(people(finance)))?.status()).toBe(200)
  await expect(page.getByRole('link', { name: 'Faye Sandoval' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Liu Wen' })).toHaveCount(0)
  await expect(page.getByRole('link', { name: /^(Invitations|Groups)/ })).toHaveCount(0)
  expect((await page.goto(people(finance, `/${faye.id}`)))?.status()).toBe(200)
  for (const id of [liu.id, kim.id, newId('user'), 'nobody'])
    expect((await page.goto(people(finance, `/${id}`)))?.status(), id).toBe(404)
  expect((await page.goto(people(organization, '/invitations')))?.status()).toBe(403)
  const stranger = await openWindow(kim)
  for (const id of [organization.id, finance.id, newId('organization')])
    expect((await stranger.goto(people({ id })))?.status(), id).toBe(404)
  expect((await stranger.goto(people(kestrel, `/${faye.id}`)))?.status()).toBe(404)
})

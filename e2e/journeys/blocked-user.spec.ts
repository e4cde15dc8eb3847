import { environment } from '#lib/base/env'
import { restrict } from '#lib/domain/allowlist/restrict'
import { as } from '#test/actors'
import { makeApp } from '#test/factories'
import { expect, test } from '../fixtures.ts'
import { openMail } from '../mailbox.ts'
import { makeHouse, makePerson } from '../people.ts'

const SCOPES = ['openid', 'profile', 'email']

test('a blocked person: from the first click, by mail to an administrator and back, to a working app [P61 P62 P67 P70]', async ({
  openWindow,
  startApp,
}) => {
  const { organization, owner: ada } = await makeHouse('Northwind Trading', 'Ada Berg')
  const { organization: kestrel } = await makeHouse('Kestrel Software', 'Kim Reyes')
  const mia = await makePerson(organization, 'member', 'Mia Lindqvist')
  const parcelwise = await startApp()
  const app = await makeApp({
    organization: kestrel,
    name: 'Parcelwise',
    audience: 'everyone',
    redirectUris: [parcelwise.callbackUrl],
    scopes: SCOPES,
  })
  const { publicUrl: issuer } = environment()
  await parcelwise.configure({ issuer, clientId: app.clientId, clientSecret: app.secret })
  await restrict(as(ada), { rootOrganizationId: organization.id })
  const hers = await openWindow(mia)
  const desk = await openWindow(ada)

  await test.step('she is stopped at the app, is told why, and asks', async () => {
    await hers.goto(parcelwise.signInUrl('openid profile'))
    await expect(
      hers.getByRole('heading', { name: 'Parcelwise needs an administrator’s approval' }),
    ).toBeVisible()
    await hers.getByLabel('Why do you need it?').fill('Labels for the returns desk')
    await hers.getByRole('button', { name: 'Request approval' }).click()
    await expect(hers.getByRole('main')).toContainText('Waiting for approval')
    expect(() => parcelwise.tokens, 'the app got nothing').toThrow()
  })

  await test.step('an administrator hears of it by mail, and decides where its link leads', async () => {
    await openMail(desk, ada.email)
    const mail = desk.getByRole('article')
    await expect(mail).toContainText('Parcelwise by Kestrel Software')
    await expect(mail).toContainText('“Labels for the returns desk”')
    await mail.getByRole('link', { name: /\/approvals\// }).click()
    await expect(desk.getByRole('main')).toContainText('See your name and username')
    await desk.getByRole('button', { name: 'Allowlist app for Northwind Trading' }).click()
    await expect(
      desk.getByRole('heading', { name: 'Parcelwise is on the allowlist of Northwind Trading' }),
    ).toBeVisible()
  })

  await test.step('she is told by mail, goes on where she stopped, decides herself, and the app works', async () => {
    await openMail(hers, mia.email)
    const mail = hers.getByRole('article')
    await expect(mail).toContainText(
      'Ada Berg, who answers requests at Northwind Trading, has approved Parcelwise',
    )
    await mail.getByRole('link', { name: /\/approvals\// }).click()
    await hers.getByRole('link', { name: 'Go on where you stopped' }).click()
    await expect(
      hers.getByRole('heading', { name: 'Let Parcelwise act for you at Northwind Trading?' }),
    ).toBeVisible()
    await hers.getByRole('button', { name: 'Authorize' }).click()
    await expect(hers.getByRole('heading', { name: 'Signed in as Mia Lindqvist' })).toBeVisible()
    expect(await parcelwise.introspect()).toMatchObject({ active: true, scope: 'openid profile' })
  })
})

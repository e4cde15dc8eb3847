import { environment } from '#lib/base/env'
import { makeApp, makeBusinessGroup } from '#test/factories'
import { makeHouse, makePerson } from './people.ts'
import type { RelyingParty } from './relying-party.ts'
import { ResourceServer } from './resource-server.ts'

const ORDERS = [
  { title: 'Read orders', description: 'Orders with their lines, prices and customers.', risk: 'low' },
  { title: 'Change orders', description: 'Place, change and cancel orders.', risk: 'high' },
] as const

/**
 * What is there when the main job begins: an organization with its people and an API, another one that publishes two
 * apps for everyone, and the three apps themselves, running. Ledgerline is only a program yet: nobody has registered it.
 */
export async function makeStory(startApp: () => Promise<RelyingParty>) {
  const issuer = environment().publicUrl
  const { organization, owner: ada } = await makeHouse('Northwind Trading', 'Ada Berg')
  const { organization: kestrel, owner: kim } = await makeHouse('Kestrel Software', 'Kim Reyes')
  const [ledgerline, sheetbridge, parcelwise] = await Promise.all([startApp(), startApp(), startApp()])
  for (const [app, name] of [
    [sheetbridge, 'Sheetbridge'],
    [parcelwise, 'Parcelwise'],
  ] as const) {
    const made = await makeApp({
      organization: kestrel,
      name,
      audience: 'everyone',
      redirectUris: [app.callbackUrl],
      scopes: ['openid', 'profile', 'email'],
    })
    await app.configure({ issuer, clientId: made.clientId, clientSecret: made.secret })
  }
  return {
    issuer,
    organization,
    finance: await makeBusinessGroup(organization, { name: 'Finance' }),
    logistics: await makeBusinessGroup(organization, { name: 'Logistics' }),
    ada,
    ben: await makePerson(organization, 'administrator', 'Ben Okafor'),
    mia: await makePerson(organization, 'member', 'Mia Lindqvist'),
    kestrel,
    kim,
    orders: await ResourceServer.make(organization, 'Orders', ORDERS),
    ledgerline,
    sheetbridge,
    parcelwise,
  }
}

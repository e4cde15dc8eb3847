import { and, eq, isNull } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { database, transaction } from '#db/client'
import { authorizations, tokenFamilies } from '#db/schema/authorizations'
import { appSecrets, connectedApps } from '#db/schema/connected-apps'
import { installations } from '#db/schema/installations'
import { newId } from '#lib/base/ids'
import { as } from '#test/actors'
import { makeApp, makeMember, makeOrganization } from '#test/factories'
import { rounds } from '#test/rounds'
import { authorizeApp } from './authorize-app.ts'
import { flushLastUse, noteUse } from './last-use.ts'
import { removeTokenFamily } from './remove-token-family.ts'
import { startTokenFamily } from './token-families.ts'

async function makeUsed() {
  const organization = await makeOrganization()
  const person = await makeMember(organization)
  const app = await makeApp({ organization })
  const { authorizationId } = await authorizeApp(as(person), {
    appId: app.id,
    rootOrganizationId: organization.id,
    scopes: ['openid'],
  })
  const familyId = await transaction((tx) => startTokenFamily(tx, { authorizationId, scopes: ['openid'] }))
  const [installation] = await database().select().from(installations).where(eq(installations.appId, app.id))
  const [secret] = await database().select().from(appSecrets).where(eq(appSecrets.appId, app.id))
  if (!installation || !secret) throw new Error('Nothing was made.')
  return { app, person, installationId: installation.id, secretId: secret.id, authorizationId, familyId }
}

async function recorded({
  app,
  installationId,
  secretId,
  authorizationId,
  familyId,
}: Awaited<ReturnType<typeof makeUsed>>) {
  const [[a], [i], [s], [y], [f]] = await Promise.all([
    database().select().from(connectedApps).where(eq(connectedApps.id, app.id)),
    database().select().from(installations).where(eq(installations.id, installationId)),
    database().select().from(appSecrets).where(eq(appSecrets.id, secretId)),
    database().select().from(authorizations).where(eq(authorizations.id, authorizationId)),
    database().select().from(tokenFamilies).where(eq(tokenFamilies.id, familyId)),
  ])
  return {
    app: a?.lastUsedAt,
    installation: i?.lastUsedAt,
    secret: s?.lastUsedAt,
    ip: s?.lastUsedIp,
    yes: y?.lastUsedAt,
    family: f?.lastUsedAt,
  }
}

describe('last use', () => {
  it('is written with the next flush: app, installation, secret and its address, yes, family', async () => {
    const used = await makeUsed()
    const { app, secretId, familyId } = used
    noteUse({
      appId: app.id,
      secret: { secretId, ip: '203.0.113.5' },
      family: { familyId, lastUsedAt: null },
    })
    expect((await recorded(used)).app).toBeNull()
    await flushLastUse()
    const now = expect.any(Date)
    expect(await recorded(used)).toEqual({
      app: now,
      installation: now,
      secret: now,
      ip: '203.0.113.5',
      yes: now,
      family: now,
    })
  })

  it('of a family recorded a moment ago is not written again', async () => {
    const used = await makeUsed()
    const { app, familyId } = used
    noteUse({ appId: app.id, family: { familyId, lastUsedAt: new Date() } })
    await flushLastUse()
    expect((await recorded(used)).family).toBeNull()
  })

  it('of several families of one yes is the latest of them', async () => {
    const used = await makeUsed()
    const { authorizationId } = used
    const other = await transaction((tx) => startTokenFamily(tx, { authorizationId, scopes: ['openid'] }))
    const later = new Date(Date.now() + 60_000)
    await database().update(tokenFamilies).set({ lastUsedAt: later }).where(eq(tokenFamilies.id, other))
    for (const familyId of [used.familyId, other])
      noteUse({ appId: used.app.id, family: { familyId, lastUsedAt: null } })
    await flushLastUse()
    const { yes, installation, family } = await recorded(used)
    expect(yes).toEqual(family)
    expect(installation).toEqual(family)
    const [kept] = await database().select().from(tokenFamilies).where(eq(tokenFamilies.id, other))
    expect(kept?.lastUsedAt).toEqual(later)
  })

  it('of more than one statement writes is written to the last of them', async () => {
    const used = await makeUsed()
    const families = await database()
      .insert(tokenFamilies)
      .values(
        Array.from({ length: 1_201 }, () => ({
          id: newId('tokenFamily'),
          authorizationId: used.authorizationId,
          scopes: ['openid'],
        })),
      )
      .returning({ familyId: tokenFamilies.id })
    for (const { familyId } of families)
      noteUse({ appId: used.app.id, family: { familyId, lastUsedAt: null } })
    await flushLastUse()
    const unwritten = await database()
      .select()
      .from(tokenFamilies)
      .where(and(eq(tokenFamilies.authorizationId, used.authorizationId), isNull(tokenFamilies.lastUsedAt)))
    expect(unwritten.map((family) => family.id)).toEqual([used.familyId])
  })

  it('waits in no circle for somebody who ends the families that were used', async () => {
    for (let round = 0; round < rounds(5); round++) {
      const used = await makeUsed()
      const { authorizationId } = used
      const families = [used.familyId]
      while (families.length < 8)
        families.push(
          await transaction((tx) => startTokenFamily(tx, { authorizationId, scopes: ['openid'] })),
        )
      for (const familyId of families) noteUse({ appId: used.app.id, family: { familyId, lastUsedAt: null } })
      await Promise.all([
        flushLastUse(),
        ...families.map((familyId) => removeTokenFamily(as(used.person), { authorizationId, familyId })),
      ])
      expect((await recorded(used)).yes).toBeInstanceOf(Date)
    }
  })

  it('never goes back', async () => {
    const used = await makeUsed()
    const later = new Date(Date.now() + 60_000)
    await database().update(connectedApps).set({ lastUsedAt: later }).where(eq(connectedApps.id, used.app.id))
    noteUse({ appId: used.app.id })
    await flushLastUse()
    expect((await recorded(used)).app).toEqual(later)
  })
})

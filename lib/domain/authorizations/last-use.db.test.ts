import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { database, transaction } from '#db/client'
import { authorizations, tokenFamilies } from '#db/schema/authorizations'
import { appSecrets, connectedApps } from '#db/schema/connected-apps'
import { installations } from '#db/schema/installations'
import { as } from '#test/actors'
import { makeApp, makeMember, makeOrganization } from '#test/factories'
import { authorizeApp } from './authorize-app.ts'
import { flushLastUse, noteUse } from './last-use.ts'
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
  return { app, installationId: installation.id, secretId: secret.id, authorizationId, familyId }
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
    const { app, installationId, secretId, authorizationId, familyId } = used
    noteUse({
      appId: app.id,
      installationId,
      secret: { secretId, ip: '203.0.113.5' },
      family: { familyId, authorizationId, lastUsedAt: null },
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
    const { app, authorizationId, familyId } = used
    noteUse({ appId: app.id, family: { familyId, authorizationId, lastUsedAt: new Date() } })
    await flushLastUse()
    expect((await recorded(used)).family).toBeNull()
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

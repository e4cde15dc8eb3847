import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { database, transaction } from '#db/client'
import { events } from '#db/schema/audit'
import { tokenFamilies } from '#db/schema/authorizations'
import { hashToken } from '#lib/base/secrets'
import { as, asApp } from '#test/actors'
import { type MadeUser, makeApp, makeMember, makeOrganization } from '#test/factories'
import { authorizeApp } from './authorize-app.ts'
import { endTokenFamily } from './end-token-family.ts'
import { findLiveToken } from './find-live-tokens.ts'
import { removeTokenFamily } from './remove-token-family.ts'
import { findLiveFamily, startTokenFamily } from './token-families.ts'
import { consumeToken, endToken, insertToken } from './token-records.ts'

async function makeFamily() {
  const organization = await makeOrganization()
  const person = await makeMember(organization)
  const app = await makeApp({ organization })
  const yes = await authorizeApp(as(person), {
    appId: app.id,
    rootOrganizationId: organization.id,
    scopes: ['openid'],
  })
  const familyId = await transaction((tx) => startTokenFamily(tx, { ...yes, ip: '203.0.113.9' }))
  return { organization, person, app, familyId, authorizationId: yes.authorizationId }
}

let issued = 0
type Issued = { isJwt?: boolean; expiresAtSeconds?: number }
async function issue(
  { app, familyId }: Awaited<ReturnType<typeof makeFamily>>,
  more: Issued = {},
): Promise<Buffer> {
  issued += 1
  const hash = hashToken(`${familyId} ${issued}`)
  const expiresAtSeconds = Math.floor(Date.now() / 1000) + 60
  await insertToken({
    hash,
    kind: 'refresh-token',
    appId: app.id,
    familyId,
    expiresAtSeconds,
    payload: { scope: 'openid' },
    ...more,
  })
  return hash
}

describe('a token family that somebody removes', () => {
  it('ends alone: the yes and its other tokens stand, and it is on record who did it', async () => {
    const family = await makeFamily()
    const { authorizationId, organization, person } = family
    const other = {
      ...family,
      familyId: await transaction((tx) => startTokenFamily(tx, { authorizationId, scopes: ['openid'] })),
    }
    const [lost, kept] = [await issue(family), await issue(other)]
    await removeTokenFamily(as(person), { authorizationId, familyId: family.familyId })
    expect(await findLiveToken(lost)).toBeUndefined()
    expect(await findLiveToken(kept)).toBeTruthy()
    const [row] = await database().select().from(tokenFamilies).where(eq(tokenFamilies.id, family.familyId))
    expect(row?.endedReason).toBe('removed')
    const happened = await database().select().from(events).where(eq(events.appId, family.app.id))
    const [end] = happened.filter((event) => event.name === 'token-family.ended')
    expect(end).toMatchObject({
      actorUserId: person.id,
      details: { familyId: family.familyId, reason: 'removed', personId: person.id },
    })
    await removeTokenFamily(as(organization.owner), { authorizationId, familyId: other.familyId })
    expect(await findLiveToken(kept)).toBeUndefined()
  })

  it('says until when its own JWTs may still be accepted, and of no other family’s', async () => {
    const family = await makeFamily()
    const { authorizationId, person, organization } = family
    const other = {
      ...family,
      familyId: await transaction((tx) => startTokenFamily(tx, { authorizationId, scopes: ['openid'] })),
    }
    const expiresAtSeconds = Math.floor(Date.now() / 1000) + 200
    await issue(family, { isJwt: true, expiresAtSeconds })
    await issue(other)
    const { jwtsUntil } = await removeTokenFamily(as(person), {
      authorizationId,
      familyId: family.familyId,
    })
    expect(jwtsUntil).toEqual(new Date(Math.ceil(expiresAtSeconds / 60) * 60_000))
    const input = { authorizationId, familyId: other.familyId }
    expect(await removeTokenFamily(as(organization.owner), input)).toEqual({ jwtsUntil: null })
  })

  it('is refused to others, and when it has ended or is another authorization’s [P46]', async () => {
    const family = await makeFamily()
    const other = await makeFamily()
    const { authorizationId, familyId, organization } = family
    const colleague = await makeMember(organization)
    const remove = (who: MadeUser, input = { authorizationId, familyId }) => removeTokenFamily(as(who), input)
    await expect(remove(colleague)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(remove(other.organization.owner)).rejects.toMatchObject({ code: 'not-found' })
    const mixed = { authorizationId, familyId: other.familyId }
    await expect(remove(organization.owner, mixed)).rejects.toMatchObject({ code: 'not-found' })
    await Promise.allSettled([remove(organization.owner), remove(family.person)])
    await expect(remove(family.person)).rejects.toMatchObject({ code: 'not-found' })
    const happened = await database().select().from(events).where(eq(events.appId, family.app.id))
    expect(happened.filter(({ name }) => name === 'token-family.ended')).toHaveLength(1)
  })
})

describe('a token family', () => {
  it('ends with all of its tokens, once, and the yes stands', async () => {
    const family = await makeFamily()
    const hashes = [await issue(family), await issue(family)]
    expect((await findLiveToken(hashes[0] as Buffer))?.family?.scopes).toEqual(['openid'])
    const actor = asApp(family.app, [])
    await Promise.all(
      [0, 1, 2].map(() => endTokenFamily(actor, { familyId: family.familyId, reason: 'reuse' })),
    )
    expect(await Promise.all(hashes.map(findLiveToken))).toEqual([undefined, undefined])
    expect(await findLiveFamily(family.familyId)).toBeUndefined()
    const [row] = await database().select().from(tokenFamilies).where(eq(tokenFamilies.id, family.familyId))
    expect(row).toMatchObject({ endedReason: 'reuse', ip: '203.0.113.9' })
    const happened = await database().select().from(events).where(eq(events.appId, family.app.id))
    const ends = happened.filter((event) => event.name === 'token-family.ended')
    expect(ends.map((event) => event.details)).toEqual([{ familyId: family.familyId, reason: 'reuse' }])
    const again = await transaction((tx) =>
      startTokenFamily(tx, { authorizationId: row?.authorizationId as never, scopes: ['openid'] }),
    )
    expect(await findLiveFamily(again)).toMatchObject({ userId: family.person.id })
  })

  it('of another app is not there: the app is refused', async () => {
    const family = await makeFamily()
    const stranger = await makeApp({ organization: family.organization })
    const ending = endTokenFamily(asApp(stranger, []), {
      familyId: family.familyId,
      reason: 'revoked-by-app',
    })
    await expect(ending).rejects.toMatchObject({ code: 'not-found' })
    expect(await findLiveFamily(family.familyId)).toBeDefined()
  })

  it('a token of one that has ended is born dead', async () => {
    const family = await makeFamily()
    await endTokenFamily(asApp(family.app, []), { familyId: family.familyId, reason: 'replay' })
    expect(await findLiveToken(await issue(family))).toBeUndefined()
  })
})

describe('a token', () => {
  it('is used by exactly one of eight at once, and still found then', async () => {
    const hash = await issue(await makeFamily())
    const used = await Promise.all(Array.from({ length: 8 }, () => consumeToken(hash)))
    expect(used.filter(Boolean)).toHaveLength(1)
    expect((await findLiveToken(hash))?.consumedAtSeconds).toBeGreaterThan(0)
  })

  it('ends alone, and cannot be used any more', async () => {
    const family = await makeFamily()
    const [one, other] = [await issue(family), await issue(family)]
    await endToken(one)
    expect(await findLiveToken(one)).toBeUndefined()
    expect(await consumeToken(one)).toBe(false)
    expect(await findLiveToken(other)).toBeDefined()
  })

  it('is found among many asked for at the same moment, each its own', async () => {
    const family = await makeFamily()
    const hashes = await Promise.all(Array.from({ length: 40 }, () => issue(family)))
    const asked = [...hashes, hashToken('unknown'), hashes[0] as Buffer]
    const found = await Promise.all(asked.map(findLiveToken))
    const expected = [...hashes, undefined, hashes[0]].map((hash) => hash?.toString('base64'))
    expect(found.map((token) => token?.hash)).toEqual(expected)
  })
})

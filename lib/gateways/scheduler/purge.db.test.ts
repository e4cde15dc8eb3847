import { randomBytes } from 'node:crypto'
import { eq, inArray, type SQL, sql } from 'drizzle-orm'
import { expect, it, onTestFinished } from 'vitest'
import { approvalNotices, approvalRequesters, approvalRequests } from '#db/schema/allowlist'
import { idempotencyKeys, requestCounts } from '#db/schema/api-calls'
import { protocolRecords, tokenFamilies, tokens } from '#db/schema/authorizations'
import { invitations } from '#db/schema/people'
import { signingKeys } from '#db/schema/signing-keys'
import { sessions, signInThrottles } from '#db/schema/users'
import { type Id, newId } from '#lib/base/ids'
import { makeAuthorization, makeTokenFamily } from '#test/authorizations'
import { database } from '#test/database'
import { makeApp, makeMember, makeOrganization, makeUser } from '#test/factories'
import { purgeTokenFamilies } from '../../domain/authorizations/purge-token-families.ts'
import { currentKeys } from '../../domain/signing-keys/current-keys.ts'
import { newKey } from '../../domain/signing-keys/new-key.ts'
import { purge, purgeAtNight } from './purge.ts'

const ago = (interval: string) => sql<Date>`now() - ${interval}::interval`
const ahead = (interval: string) => sql<Date>`now() + ${interval}::interval`

async function makeToken(
  appId: Awaited<ReturnType<typeof makeApp>>['id'],
  expiresAt: ReturnType<typeof ago>,
) {
  const hash = randomBytes(32)
  await database()
    .insert(tokens)
    .values({ hash, kind: 'client-credentials', appId, appEpoch: 0, payload: {}, expiresAt })
  return hash
}

it('deletes tokens that expired long ago, and none that could still be shown or reused', async () => {
  const app = await makeApp({ organization: await makeOrganization() })
  const dead = await makeToken(app.id, ago('8 days'))
  const kept = [await makeToken(app.id, ago('1 day')), await makeToken(app.id, ahead('1 hour'))]
  await Promise.all([purge(), purge()])
  const left = await database().select({ hash: tokens.hash }).from(tokens).where(eq(tokens.appId, app.id))
  expect(left.map((row) => row.hash.toString('hex')).sort()).toEqual(
    kept.map((hash) => hash.toString('hex')).sort(),
  )
  expect(left.some((row) => row.hash.equals(dead))).toBe(false)
})

it('deletes the families of which no token is left, and none that lives, was used of late or just began', async () => {
  const organization = await makeOrganization()
  const app = await makeApp({ organization })
  const yes = await makeAuthorization(await makeMember(organization), app, organization)
  const make = async (change: { expiresAt?: SQL<Date>; createdAt?: SQL<Date>; endedAt?: SQL<Date> }) => {
    const { expiresAt, ...family } = { createdAt: ago('100 days'), ...change }
    const id = await makeTokenFamily(yes, app)
    await database().update(tokenFamilies).set(family).where(eq(tokenFamilies.id, id))
    if (expiresAt) await database().update(tokens).set({ expiresAt }).where(eq(tokens.familyId, id))
    return id
  }
  const lives = await make({})
  const ranOutOfLate = await make({ expiresAt: ago('6 days') })
  const endedWithTokens = await make({ endedAt: ago('50 days') })
  const dead = [
    await make({ expiresAt: ago('8 days') }),
    await make({ expiresAt: ago('8 days'), endedAt: ago('50 days') }),
  ]
  const justBegan = await make({ expiresAt: ago('8 days'), createdAt: ago('1 hour') })
  await purge()
  const left = async () => {
    const rows = await database()
      .select({ id: tokenFamilies.id })
      .from(tokenFamilies)
      .where(eq(tokenFamilies.authorizationId, yes))
    return rows.map(({ id }) => id).sort()
  }
  const kept = [lives, ranOutOfLate, endedWithTokens, justBegan].sort()
  expect(await left()).toEqual([...kept, ...dead].sort())
  await Promise.all([purgeAtNight(), purgeAtNight()])
  expect(await left()).toEqual(kept)
})

it('looks at all families, however few at once', async () => {
  const organization = await makeOrganization()
  const app = await makeApp({ organization })
  const yes = await makeAuthorization(await makeMember(organization), app, organization)
  const mine = eq(tokenFamilies.authorizationId, yes)
  const lives = await makeTokenFamily(yes, app)
  const dead = Array.from({ length: 5 }, () => ({
    id: newId('tokenFamily'),
    authorizationId: yes,
    scopes: ['openid'],
    createdAt: ago('2 days'),
  }))
  await database().insert(tokenFamilies).values(dead)
  await purgeTokenFamilies(2)
  expect(await database().select({ id: tokenFamilies.id }).from(tokenFamilies).where(mine)).toEqual([
    { id: lives },
  ])
})

it('deletes expired records of the authorization server, a device code after a day, and lets the others be', async () => {
  const [dead, live, toldOf] = [randomBytes(32), randomBytes(32), randomBytes(32)]
  const record = { model: 'Interaction', sealedPayload: randomBytes(8) }
  await database()
    .insert(protocolRecords)
    .values([
      { ...record, idHash: dead, expiresAt: ago('1 minute') },
      { ...record, idHash: live, expiresAt: ahead('1 hour') },
      { ...record, model: 'DeviceCode', idHash: dead, expiresAt: ago('25 hours') },
      { ...record, model: 'DeviceCode', idHash: toldOf, expiresAt: ago('23 hours') },
    ])
  await purge()
  const left = await database()
    .select()
    .from(protocolRecords)
    .where(inArray(protocolRecords.idHash, [dead, live, toldOf]))
  const hashes = (rows: Buffer[]) => rows.map((hash) => hash.toString('hex')).sort()
  expect(hashes(left.map((row) => row.idHash))).toEqual(hashes([live, toldOf]))
})

it('forgets drafts nobody requested, old sessions and finished throttle windows', async () => {
  const organization = await makeOrganization()
  const app = await makeApp({ organization })
  const user = await makeUser()
  const draft = {
    rootOrganizationId: organization.id,
    appId: app.id,
    appNameSeen: app.name,
    publisherSeen: organization.name,
    redirectHostsSeen: [],
    draftedBy: user.id,
    expiresAt: ago('1 day'),
  }
  const asked = newId('approvalRequest')
  const keyHash = randomBytes(32)
  await database()
    .insert(approvalRequests)
    .values([
      { ...draft, id: newId('approvalRequest'), scopes: ['openid'] },
      { ...draft, id: asked, scopes: ['profile'], requestedAt: ago('31 days') },
    ])
  const session = { userId: user.id, authenticationMethods: ['pwd'] }
  const recent = newId('session')
  await database()
    .insert(sessions)
    .values([
      { ...session, id: newId('session'), expiresAt: ago('91 days') },
      { ...session, id: recent, expiresAt: ago('1 day') },
    ])
  await database()
    .insert(signInThrottles)
    .values({ keyHash, failures: 3, windowStartedAt: ago('1 hour') })
  await purge()

  const requests = await database().select().from(approvalRequests).where(eq(approvalRequests.appId, app.id))
  expect(requests.map((row) => row.id)).toEqual([asked])
  const left = await database().select().from(sessions).where(eq(sessions.userId, user.id))
  expect(left.map((row) => row.id)).toEqual([recent])
  const throttles = await database()
    .select()
    .from(signInThrottles)
    .where(eq(signInThrottles.keyHash, keyHash))
  expect(throttles).toEqual([])
})

it('forgets where somebody was stopped a day after they asked, answered or not, and who was told once a request can wait no more', async () => {
  const organization = await makeOrganization()
  const user = await makeUser()
  const make = async (request: { answeredAt?: SQL<Date>; expiresAt: SQL<Date> }) => {
    const id = newId('approvalRequest')
    const app = await makeApp({ organization })
    await database()
      .insert(approvalRequests)
      .values({
        ...request,
        id,
        rootOrganizationId: organization.id,
        appId: app.id,
        scopes: ['openid'],
        appNameSeen: app.name,
        publisherSeen: organization.name,
        redirectHostsSeen: [],
        draftedBy: user.id,
        requestedAt: ago('40 days'),
        answer: request.answeredAt && 'declined',
      })
    await database()
      .insert(approvalRequesters)
      .values({ requestId: id, userId: user.id, reason: 'to plan', sealedInteraction: randomBytes(8) })
    await database()
      .insert(approvalNotices)
      .values({ requestId: id, userId: user.id, rootOrganizationId: organization.id })
    return id
  }
  const asked = await make({ expiresAt: ahead('30 days') })
  const waits = await make({ expiresAt: ahead('1 day') })
  const answered = await make({ expiresAt: ahead('30 days'), answeredAt: ago('1 hour') })
  const mayWaitAgain = await make({ expiresAt: ahead('1 day'), answeredAt: ago('2 days') })
  const over = await make({ expiresAt: ago('2 days'), answeredAt: ago('2 days') })
  await Promise.all([purgeAtNight(), purgeAtNight()])
  const requesters = await database()
    .select()
    .from(approvalRequesters)
    .where(eq(approvalRequesters.userId, user.id))
  const stops = new Map(requesters.map((row) => [row.requestId, row.sealedInteraction !== null]))
  expect(stops).toEqual(
    new Map([
      [asked, true],
      [waits, false],
      [answered, true],
      [mayWaitAgain, false],
      [over, false],
    ]),
  )
  const notices = await database().select().from(approvalNotices).where(eq(approvalNotices.userId, user.id))
  expect(notices.map((row) => row.requestId).sort()).toEqual([asked, waits, answered, mayWaitAgain].sort())
})

it('forgets invitations that were accepted or withdrawn long ago, and none that could be sent again', async () => {
  const organization = await makeOrganization()
  type Ended = { acceptedAt?: SQL<Date>; acceptedBy?: Id<'user'>; endedAt?: SQL<Date> }
  const make = (ended: Ended) => ({
    ...ended,
    id: newId('invitation'),
    organizationId: organization.id,
    rootOrganizationId: organization.id,
    email: `${randomBytes(6).toString('hex')}@example.com`,
    role: 'member' as const,
    tokenHash: randomBytes(32),
    createdAt: ago('100 days'),
    expiresAt: ago('93 days'),
  })
  const acceptedBy = (await makeUser()).id
  const kept = [make({}), make({ endedAt: ago('29 days') }), make({ acceptedAt: ago('29 days'), acceptedBy })]
  const gone = [make({ endedAt: ago('31 days') }), make({ acceptedAt: ago('31 days'), acceptedBy })]
  await database()
    .insert(invitations)
    .values([...kept, ...gone])
  await purgeAtNight()
  const left = await database()
    .select()
    .from(invitations)
    .where(eq(invitations.organizationId, organization.id))
  expect(left.map(({ id }) => id).sort()).toEqual(kept.map(({ id }) => id).sort())
})

it('deletes signing keys that are published no more, and none that are', async () => {
  const retired = async (retiredAt: SQL<Date> | null) => {
    const key = await newKey('ES256')
    await database()
      .insert(signingKeys)
      .values({ ...key, retiredAt })
    return key.id
  }
  onTestFinished(async () => {
    await database().delete(signingKeys).where(inArray(signingKeys.id, made))
  })
  const made = [await retired(null), await retired(ago('23 hours')), await retired(ago('25 hours'))]
  const published = (await currentKeys()).map(({ kid }) => kid)
  await purgeAtNight()
  const left = await database().select().from(signingKeys).where(inArray(signingKeys.id, made))
  expect(left.map(({ id }) => id).sort()).toEqual(made.slice(0, 2).sort())
  expect((await currentKeys()).map(({ kid }) => kid)).toEqual(published)
})

it('forgets idempotency keys after their day, and counts of requests after their minute', async () => {
  const [dead, live] = [randomBytes(32), randomBytes(32)]
  const requestHash = randomBytes(32)
  await database()
    .insert(idempotencyKeys)
    .values([
      { keyHash: dead, requestHash, expiresAt: ago('1 second') },
      { keyHash: live, requestHash, expiresAt: ahead('1 hour') },
    ])
  await database()
    .insert(requestCounts)
    .values([
      { keyHash: dead, requests: 9, windowStartedAt: ago('2 minutes') },
      { keyHash: live, requests: 9, windowStartedAt: ago('1 second') },
    ])
  await purge()
  for (const table of [idempotencyKeys, requestCounts]) {
    const left = await database()
      .select({ keyHash: table.keyHash })
      .from(table)
      .where(inArray(table.keyHash, [dead, live]))
    expect(left.map(({ keyHash }) => keyHash.equals(live))).toEqual([true])
  }
})

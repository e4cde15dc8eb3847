import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { events } from '#db/schema/audit'
import { organizations } from '#db/schema/organizations'
import { sessions, users } from '#db/schema/users'
import { hashToken } from '#lib/base/secrets'
import { database } from '#test/database'
import { type MadeOrganization, makeOrganization } from '#test/factories'
import { tradePassword } from './trade-password.ts'

const ORIGIN = { ip: '192.0.2.7', userAgent: 'a script' }

/** An organization that is its owner's home, and says whether scripts may use passwords. */
async function makeHome(allowsPasswordTokens: boolean): Promise<MadeOrganization> {
  const root = await makeOrganization()
  await database().update(organizations).set({ allowsPasswordTokens }).where(eq(organizations.id, root.id))
  await database().update(users).set({ homeOrganizationId: root.id }).where(eq(users.id, root.owner.id))
  return root
}
const sessionsOf = (root: MadeOrganization) =>
  database().select().from(sessions).where(eq(sessions.userId, root.owner.id))
const eventsOf = (root: MadeOrganization) =>
  database().select().from(events).where(eq(events.rootOrganizationId, root.id))

it('gives a token for an hour, kept as a digest, and records the session by name and origin', async () => {
  const root = await makeHome(true)
  const { token, expiresInSeconds } = await tradePassword(ORIGIN, root.owner.id)
  expect(expiresInSeconds).toBe(3600)
  expect(await sessionsOf(root)).toMatchObject([
    { tokenHash: hashToken(token), ip: ORIGIN.ip, endedAt: null },
  ])
  const told = await eventsOf(root)
  expect(told).toMatchObject([
    { name: 'session.started', actorUserId: root.owner.id, details: { by: 'password-token' } },
  ])
  expect(JSON.stringify(told)).not.toContain(token)
})

it('is refused where the person’s home does not allow it, is suspended, or is none, and to a deactivated account', async () => {
  const [closed, suspended, homeless, deactivated] = [
    await makeHome(false),
    await makeHome(true),
    await makeHome(true),
    await makeHome(true),
  ]
  await database()
    .update(organizations)
    .set({ suspendedAt: new Date() })
    .where(eq(organizations.id, suspended.id))
  await database().update(users).set({ homeOrganizationId: null }).where(eq(users.id, homeless.owner.id))
  await database().update(users).set({ deactivatedAt: new Date() }).where(eq(users.id, deactivated.owner.id))
  const refused = [
    [closed, 'forbidden'],
    [suspended, 'forbidden'],
    [homeless, 'forbidden'],
    [deactivated, 'unauthenticated'],
  ] as const
  for (const [root, code] of refused) {
    await expect(tradePassword(ORIGIN, root.owner.id)).rejects.toMatchObject({ code })
    expect(await sessionsOf(root)).toEqual([])
    expect(await eventsOf(root)).toEqual([])
  }
})

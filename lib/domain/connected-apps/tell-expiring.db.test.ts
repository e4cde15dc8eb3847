import { and, eq, sql } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { appKeys, appSecrets, connectedApps } from '#db/schema/connected-apps'
import { outgoingMails } from '#db/schema/mail'
import { users } from '#db/schema/users'
import { open } from '#lib/base/encryption'
import { environment, readEnvironment, setEnvironment } from '#lib/base/env'
import { newId } from '#lib/base/ids'
import { as } from '#test/actors'
import { database, transaction } from '#test/database'
import {
  type MadeApp,
  type MadeOrganization,
  makeApp,
  makeMember,
  makeOrganization,
  makeSecret,
} from '#test/factories'
import { rotateSecret } from './rotate-secret.ts'
import { tellExpiring } from './tell-expiring.ts'

let root: MadeOrganization
let app: MadeApp

beforeAll(() => setEnvironment(readEnvironment({ PUBLIC_URL: 'https://id.example.com' })))

beforeEach(async () => {
  root = await makeOrganization()
  app = await makeApp({ organization: root })
})

type Given = Parameters<ReturnType<ReturnType<typeof database>['update']>['set']>[0]

const endsIn = (days: number, of = app, given: Given = {}) =>
  database()
    .update(appSecrets)
    .set({ expiresAt: sql`now() + make_interval(secs => ${days * 86_400})`, ...given })
    .where(eq(appSecrets.appId, of.id))

async function mailsTo(person: { email: string }) {
  const rows = await database()
    .select()
    .from(outgoingMails)
    .where(and(eq(outgoingMails.recipient, person.email), eq(outgoingMails.kind, 'expiry-notice')))
    .orderBy(outgoingMails.id)
  return rows.map((mail) => ({
    subject: mail.subject,
    text: mail.sealedText ? open(mail.sealedText, mail.id).toString() : '',
  }))
}

describe('the owner of an app', () => {
  it('is told which secret ends when, with the way to the next one', async () => {
    await endsIn(6.9, app, { name: 'Production, May', lastFour: 'k9Xw' })
    await tellExpiring()
    const [mail, ...more] = await mailsTo(root.owner)
    expect(more).toEqual([])
    expect(mail?.subject).toBe(`The secret “Production, May” of ${app.name} ends in 7 days`)
    expect(mail?.text).toContain('the secret “Production, May” (ends in k9Xw) ends in 7 days')
    expect(mail?.text).toContain('It was never used.')
    expect(mail?.text).toContain(
      `${environment().publicUrl}/o/${root.id}/access-management/connected-apps/owned-apps/${app.id}/credentials\n`,
    )
  })

  it('is told at each of the six moments once, also when two processes look at once', async () => {
    for (const days of [95, 89, 80, 60, 29, 20, 14, 6, 5, 0.9, 0.1]) {
      await endsIn(days)
      await Promise.all([tellExpiring(), tellExpiring(), tellExpiring()])
    }
    expect((await mailsTo(root.owner)).map(({ subject }) => subject.replace(/^.* ends /, ''))).toEqual([
      'in 89 days',
      'in 60 days',
      'in 29 days',
      'in 14 days',
      'in 6 days',
      'in 22 hours',
    ])
  })

  it('reads of all their apps’ secrets and keys in one mail', async () => {
    const other = await makeApp({ organization: root })
    await endsIn(10)
    await endsIn(20, other)
    await database()
      .insert(appKeys)
      .values({
        id: newId('appKey'),
        appId: other.id,
        name: 'Build server',
        kid: 'build-2026',
        publicJwk: {},
        expiresAt: sql`now() + interval '3 days'`,
      })
    await tellExpiring()
    const [mail, ...more] = await mailsTo(root.owner)
    expect(more).toEqual([])
    expect(mail?.subject).toBe(`3 secrets and keys of your apps at ${root.name} end soon`)
    expect(mail?.text).toContain('the key “Build server” (ID build-2026) ends in 3 days')
    expect(mail?.text.indexOf('Build server')).toBeLessThan(mail?.text.indexOf('in 10 days') ?? 0)
  })

  it('is told nothing of a secret that a newer one has taken over, and of one that it has not', async () => {
    await endsIn(5, app, {
      lastUsedAt: sql`now() - interval '2 days'`,
      createdAt: sql`now() - interval '9 days'`,
    })
    const newer = await makeSecret(app.id)
    const used = (age: string | null) =>
      database()
        .update(appSecrets)
        .set({ lastUsedAt: age === null ? null : sql`now() - ${age}::interval` })
        .where(and(eq(appSecrets.appId, app.id), eq(appSecrets.lastFour, newer.slice(-4))))
    await used('1 hour')
    await tellExpiring()
    expect(await mailsTo(root.owner)).toEqual([])
    await used(null)
    await tellExpiring()
    expect(await mailsTo(root.owner)).toHaveLength(1)
  })

  it('is not told at once of an end that was chosen a moment ago', async () => {
    await rotateSecret(as(root.owner), { appId: app.id, lifeDays: 30, overlapHours: 168 })
    await tellExpiring()
    expect(await mailsTo(root.owner)).toEqual([])
    await endsIn(0.5)
    await tellExpiring()
    expect(await mailsTo(root.owner)).toHaveLength(1)
  })

  it('whose account is closed is not written to, but whoever owns the organization', async () => {
    const developer = await makeMember(root, 'developer')
    const theirs = await makeApp({ organization: root, ownerId: developer.id })
    await database().update(users).set({ deactivatedAt: new Date() }).where(eq(users.id, developer.id))
    await endsIn(5, theirs)
    await tellExpiring()
    expect(await mailsTo(developer)).toEqual([])
    expect(await mailsTo(root.owner)).toHaveLength(1)
  })

  it('is told once, with all of theirs, though whoever was telling was cut off between two mails', async () => {
    const owners = [await makeOrganization(), await makeOrganization(), await makeOrganization()]
    for (const organization of owners)
      for (const days of [10, 20]) await endsIn(days, await makeApp({ organization }))
    const told = () =>
      Promise.all(owners.map(async ({ owner }) => (await mailsTo(owner)).map((mail) => mail.subject)))
    const inOneMail = owners.map(({ name }) => [`2 secrets and keys of your apps at ${name} end soon`])
    await transaction(async (tx) => {
      // The second is held, so that the first has been told and the third has not.
      await tx
        .select()
        .from(appSecrets)
        .innerJoin(connectedApps, eq(connectedApps.id, appSecrets.appId))
        .where(eq(connectedApps.ownerId, owners[1]?.owner.id ?? newId('user')))
        .for('update', { of: appSecrets })
      const cutOff = tellExpiring({ mailsAtOnce: 1 }).catch((thrown: unknown) => thrown)
      await vi.waitFor(async () =>
        expect(
          await tx.execute(sql`
            select pg_terminate_backend(pid) from pg_stat_activity where pg_backend_pid() = any(pg_blocking_pids(pid))`),
        ).toHaveLength(1),
      )
      expect(await cutOff).toBeInstanceOf(Error)
      expect(await told()).toEqual([inOneMail[0], [], []])
    })
    await Promise.all([tellExpiring({ mailsAtOnce: 1 }), tellExpiring({ mailsAtOnce: 2 })])
    expect(await told()).toEqual(inOneMail)
    await tellExpiring()
    expect(await told()).toEqual(inOneMail)
  })

  it('is told nothing of what has ended, or ended before anybody looked', async () => {
    await endsIn(5, app, { endedAt: new Date() })
    const other = await makeApp({ organization: root })
    await endsIn(-1, other)
    await tellExpiring()
    expect(await mailsTo(root.owner)).toEqual([])
  })
})

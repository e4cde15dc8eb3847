import { and, eq, isNull, sql } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { events } from '#db/schema/audit'
import { appContexts, connectedApps } from '#db/schema/connected-apps'
import { outgoingMails } from '#db/schema/mail'
import { memberships, organizations } from '#db/schema/organizations'
import { invitations } from '#db/schema/people'
import { users } from '#db/schema/users'
import { readEnvironment, setEnvironment } from '#lib/base/env'
import { type Id, newId } from '#lib/base/ids'
import { isRefusal } from '#lib/base/refusal'
import { hashToken } from '#lib/base/secrets'
import { as, asApp, asThrough, SYSTEM } from '#test/actors'
import { database } from '#test/database'
import {
  type MadeApp,
  type MadeOrganization,
  makeApp,
  makeBusinessGroup,
  makeMember,
  makeOrganization,
  makeUser,
} from '#test/factories'
import { mailsTo, tokenSentTo } from '#test/outbox'
import { rounds } from '#test/rounds'
import type { EventName } from '../audit/events.ts'
import { sentenceOf } from '../audit/sentence.ts'
import { deleteApp } from '../connected-apps/delete-app.ts'
import { disableApp } from '../connected-apps/disable-app.ts'
import { syncBuiltInScopes } from '../connected-apps/sync-built-in-scopes.ts'
import { addMember } from '../organizations/add-member.ts'
import { verifyPassword } from '../users/passwords.ts'
import { acceptInvitation } from './accept-invitation.ts'
import { findInvitation } from './find-invitation.ts'
import { joinByInvitation } from './join-by-invitation.ts'
import { listInvitations } from './list-invitations.ts'
import { INVITATION_GONE } from './open-invitation.ts'
import { ADDRESSES_AT_ONCE_MAX, INVITATIONS_PER_DAY_MAX, MAILS_PER_ADDRESS_MAX } from './schema.ts'
import { sendInvitationAgain } from './send-invitation-again.ts'
import { sendInvitations } from './send-invitations.ts'
import { withdrawInvitation } from './withdraw-invitation.ts'

setEnvironment(readEnvironment({ PUBLIC_URL: 'https://apps.example.org' }))

beforeAll(() => syncBuiltInScopes('http://localhost:3000'))

const PASSWORD = 'four words make a gate'
const VISITOR = { ip: '203.0.113.9', requestId: 'test' }
const newAddress = () => `guest-${newId('user').slice(-12)}@example.com`
const ABSENT = { code: 'not-found', sentence: 'There is no such invitation here.' }
const GONE = { code: 'expired', sentence: INVITATION_GONE }

async function invite(
  root: MadeOrganization,
  given: {
    email?: string
    organization?: MadeOrganization
    role?: 'administrator' | 'developer' | 'member'
  } = {},
) {
  const email = given.email ?? newAddress()
  const { sent } = await sendInvitations(as(root.owner), {
    organizationId: (given.organization ?? root).id,
    emails: [email],
    role: given.role ?? 'member',
  })
  const invitationId = sent[0]?.invitationId as Id<'invitation'>
  return { email, invitationId, token: await tokenSentTo(email, 'invitation') }
}
const newcomer = () => ({
  fullName: 'Nia Bloom',
  username: `nia-${newId('user').slice(-12)}`,
  password: PASSWORD,
})
const placesOf = async (userId: Id<'user'>) => {
  const rows = await database()
    .select()
    .from(memberships)
    .where(and(eq(memberships.userId, userId), isNull(memberships.endedAt)))
  return new Map(rows.map((row) => [row.organizationId, row]))
}
const eventsOf = async (subjectId: string) => {
  const rows = await database()
    .select()
    .from(events)
    .where(eq(events.subjectId, subjectId))
    .orderBy(events.id)
  return rows.map(({ name }) => name)
}

describe('inviting people', () => {
  it('writes to each address once who invites it where as what, and records it', async () => {
    const root = await makeOrganization({ name: 'Northwind' })
    const sales = await makeBusinessGroup(root, { name: 'Sales' })
    const [one, two] = [newAddress(), newAddress()]
    const { sent, skipped } = await sendInvitations(as(root.owner), {
      organizationId: sales.id,
      emails: [one, ` ${one.toUpperCase()} `, two],
      role: 'developer',
      appsMax: 3,
    })
    expect(skipped).toEqual([])
    expect(sent).toHaveLength(2)
    const [mail, ...others] = await mailsTo(one)
    expect(others).toEqual([])
    expect(mail).toMatchObject({ kind: 'invitation', subject: 'You are invited to Sales' })
    expect(mail?.text).toContain(`${root.owner.fullName} invites you to Sales, a business group of Northwind`)
    expect(mail?.text).toMatch(/^https:\/\/apps\.example\.org\/invitation\?token=[\w-]{43}$/m)
    const found = await findInvitation(await tokenSentTo(two, 'invitation'))
    expect(found).toMatchObject({
      email: two,
      role: 'developer',
      appsMax: 3,
      organization: { id: sales.id, name: 'Sales' },
      rootName: 'Northwind',
      senderName: root.owner.fullName,
      hasAccount: false,
    })
    expect(await eventsOf(sent[0]?.invitationId ?? '')).toEqual(['invitation.sent'])
  })

  it('keeps no token anywhere but in the sealed mail [P133]', async () => {
    const { token, email } = await invite(await makeOrganization())
    const tables = await database().execute<{ name: string }>(sql`
      select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables
      where schemaname in ('public', 'graphile_worker')`)
    for (const { name } of tables) {
      const [row] = await database().execute<{ found: number }>(
        sql.raw(`select count(*)::int as found from ${name} t where t::text like '%${token}%'`),
      )
      expect(row?.found, name).toBe(0)
    }
    const [row] = await database().select().from(invitations).where(eq(invitations.email, email))
    expect(row?.tokenHash.equals(hashToken(token))).toBe(true)
  })

  it('leaves out who has a place or an invitation there, and refuses when nobody is left', async () => {
    const root = await makeOrganization({ name: 'Acme' })
    const sales = await makeBusinessGroup(root)
    const ana = await makeMember(root)
    const invited = await invite(root)
    const fresh = newAddress()
    const input = { organizationId: root.id, role: 'member' as const }
    const emails = [ana.email.toUpperCase(), invited.email, fresh]
    expect(await sendInvitations(as(root.owner), { ...input, emails })).toMatchObject({
      sent: [{ email: fresh }],
      skipped: [
        { email: ana.email.toUpperCase(), reason: 'has-a-place' },
        { email: invited.email, reason: 'is-invited' },
      ],
    })
    await expect(sendInvitations(as(root.owner), { ...input, emails })).rejects.toMatchObject({
      code: 'conflict',
      fields: { emails: 'Each of them has a place in Acme or is invited already.' },
    })
    // A place in the root organization is none in a business group of it.
    const inSales = { ...input, organizationId: sales.id, emails: [ana.email] }
    expect((await sendInvitations(as(root.owner), inSales)).sent).toHaveLength(1)
  })

  it('says the same of an address with an account elsewhere as of one without', async () => {
    const root = await makeOrganization()
    const elsewhere = await makeMember(await makeOrganization())
    const input = { organizationId: root.id, role: 'member' as const }
    const answers = []
    for (const email of [elsewhere.email, newAddress()]) {
      const { sent, skipped } = await sendInvitations(as(root.owner), { ...input, emails: [email] })
      const { invitations: listed } = await listInvitations(as(root.owner), {
        organizationId: root.id,
        search: email,
      })
      answers.push({
        sent: sent.length,
        skipped,
        listed: listed.map(({ state, sender }) => ({ state, sender })),
      })
    }
    expect(answers[0]).toEqual(answers[1])
  })

  it('refuses bad input under its field: no address, too many, a quota of a member, a million letters', async () => {
    const root = await makeOrganization()
    const input = { organizationId: root.id, emails: [newAddress()], role: 'member' as const }
    const many = Array.from({ length: ADDRESSES_AT_ONCE_MAX + 1 }, newAddress)
    for (const wrong of [
      { emails: [] },
      { emails: many },
      { emails: ['nobody'] },
      { emails: [`${'a'.repeat(1_000_000)}@example.com`] },
      { appsMax: 3 },
      { role: 'developer' as const, appsMax: 0 },
      { role: 'owner' as 'member' },
      { organizationId: 'sales' as Id<'organization'> },
    ]) {
      const refused = await sendInvitations(as(root.owner), { ...input, ...wrong }).catch((thrown) => thrown)
      expect(isRefusal(refused) && refused.code).toBe('invalid')
      expect(Object.keys(refused.fields).length).toBeGreaterThan(0)
    }
    await expect(
      sendInvitations(as(root.owner), { ...input, organizationId: newId('organization') }),
    ).rejects.toMatchObject({ code: 'not-found' })
    expect((await listInvitations(as(root.owner), { organizationId: root.id })).total).toBe(0)
  })

  it('floods nobody: a few mails a day to one address, some hundreds in all', async () => {
    const root = await makeOrganization()
    const { email, invitationId } = await invite(root)
    for (let sent = 1; sent < MAILS_PER_ADDRESS_MAX; sent += 1) {
      await sendInvitationAgain(as(root.owner), { invitationId })
    }
    const full = { code: 'limit-reached', fields: { emails: expect.stringContaining(email) } }
    await expect(sendInvitationAgain(as(root.owner), { invitationId })).rejects.toMatchObject(full)
    // Withdrawing begins no new count.
    await withdrawInvitation(as(root.owner), { invitationId })
    const again = { organizationId: root.id, emails: [email.toUpperCase()], role: 'member' as const }
    await expect(sendInvitations(as(root.owner), again)).rejects.toMatchObject(full)
    // Another organization's mails are not counted, nor told of.
    const other = await makeOrganization()
    expect((await invite(other, { email })).token).toBeTruthy()
    await database()
      .update(outgoingMails)
      .set({ createdAt: sql`now() - interval '25 hours'` })
      .where(eq(outgoingMails.rootOrganizationId, root.id))
    expect((await sendInvitations(as(root.owner), again)).sent).toHaveLength(1)

    const rows = Array.from({ length: INVITATIONS_PER_DAY_MAX - 2 }, () => ({
      id: newId('invitation'),
      organizationId: other.id,
      rootOrganizationId: other.id,
      email: newAddress(),
      role: 'member' as const,
      tokenHash: hashToken(newId('mail')),
      expiresAt: new Date(Date.now() + 3_600_000),
    }))
    await database().insert(invitations).values(rows)
    const outcomes = await Promise.allSettled(
      [1, 2, 3].map(() =>
        sendInvitations(as(other.owner), {
          organizationId: other.id,
          emails: [newAddress()],
          role: 'member',
        }),
      ),
    )
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'limit-reached' },
    })
  })

  it('is refused to everybody but administrators of the root organization, and to apps without the scope there', async () => {
    const root = await makeOrganization()
    const [sales, care] = [await makeBusinessGroup(root), await makeBusinessGroup(root)]
    const app = await makeApp({ organization: root })
    const input = { organizationId: sales.id, emails: [newAddress()], role: 'member' as const }
    const { invitationId } = await invite(root, { organization: sales })
    const elsewhere = await makeOrganization()
    const inside = [
      as(await makeMember(root)),
      as(await makeMember(root, 'developer')),
      as(await makeMember(sales, 'administrator')),
      asThrough(root.owner, app, ['people:read', 'organizations:read']),
      asApp(app, ['people:write', 'organizations:read'], sales),
    ]
    for (const actor of inside) {
      await expect(sendInvitations(actor, input)).rejects.toMatchObject({ code: 'forbidden' })
    }
    const sibling = as(await makeMember(care, 'administrator'))
    const outside = [sibling, as(elsewhere.owner), as(await makeMember(elsewhere, 'developer'))]
    for (const actor of outside) {
      await expect(sendInvitations(actor, input)).rejects.toMatchObject({ code: 'not-found' })
      for (const act of [sendInvitationAgain, withdrawInvitation]) {
        await expect(act(actor, { invitationId })).rejects.toMatchObject(ABSENT)
        await expect(act(actor, { invitationId: newId('invitation') })).rejects.toMatchObject(ABSENT)
      }
    }
    const operator = await makeUser({ isOperator: true })
    await expect(sendInvitations(as(operator), input)).rejects.toMatchObject({ code: 'forbidden' })
    for (const act of [sendInvitationAgain, withdrawInvitation]) {
      for (const actor of inside) {
        const refused = await act(actor, { invitationId }).catch((thrown) => thrown)
        expect(isRefusal(refused) && ['forbidden', 'not-found'].includes(refused.code)).toBe(true)
      }
    }
    for (const actor of [...inside.slice(0, 3), as(operator)]) {
      await expect(listInvitations(actor, { organizationId: sales.id })).rejects.toMatchObject({
        code: 'forbidden',
      })
    }
    expect((await listInvitations(as(root.owner), { organizationId: sales.id })).total).toBe(1)
    expect((await listInvitations(as(root.owner), { organizationId: care.id })).total).toBe(0)
    const script = asApp(app, ['people:write', 'organizations:read'], root)
    await sendInvitations(script, { ...input, organizationId: root.id })
    expect((await listInvitations(as(root.owner), { organizationId: root.id })).total).toBe(2)
  })
})

describe('an invitation', () => {
  it('sent again has a new link and new days; the old link is dead', async () => {
    const root = await makeOrganization()
    const { email, invitationId, token } = await invite(root)
    await database()
      .update(invitations)
      .set({ expiresAt: sql`now() - interval '1 second'` })
      .where(eq(invitations.id, invitationId))
    expect(await findInvitation(token)).toBeNull()
    const listed = async () =>
      (await listInvitations(as(root.owner), { organizationId: root.id })).invitations
    expect(await listed()).toMatchObject([{ id: invitationId, state: 'expired' }])
    await sendInvitationAgain(as(root.owner), { invitationId })
    expect(await listed()).toMatchObject([{ id: invitationId, state: 'open' }])
    const next = await tokenSentTo(email, 'invitation')
    expect(next).not.toBe(token)
    expect(await findInvitation(token)).toBeNull()
    expect(await findInvitation(next)).toMatchObject({ email })
    expect(await eventsOf(invitationId)).toEqual(['invitation.sent', 'invitation.sent-again'])
  })

  it('withdrawn leads nowhere, and the address may be invited anew', async () => {
    const root = await makeOrganization()
    const { email, invitationId, token } = await invite(root)
    await Promise.all([1, 2].map(() => withdrawInvitation(as(root.owner), { invitationId })))
    expect(await findInvitation(token)).toBeNull()
    await expect(joinByInvitation(VISITOR, { token, ...newcomer() })).rejects.toMatchObject(GONE)
    await expect(sendInvitationAgain(as(root.owner), { invitationId })).rejects.toMatchObject({
      code: 'conflict',
    })
    expect(await eventsOf(invitationId)).toEqual(['invitation.sent', 'invitation.withdrawn'])
    expect((await invite(root, { email })).invitationId).not.toBe(invitationId)
  })

  it('is worth nothing once its sender administers no more, until somebody who does sends it again', async () => {
    const root = await makeOrganization()
    const leaver = await makeMember(root, 'administrator')
    const email = newAddress()
    const { sent } = await sendInvitations(as(leaver), {
      organizationId: root.id,
      emails: [email],
      role: 'administrator',
    })
    const token = await tokenSentTo(email, 'invitation')
    expect(await findInvitation(token)).not.toBeNull()
    await database().update(memberships).set({ role: 'member' }).where(eq(memberships.userId, leaver.id))
    expect(await findInvitation(token)).toBeNull()
    await expect(joinByInvitation(VISITOR, { token, ...newcomer() })).rejects.toMatchObject(GONE)
    const { invitations: listed } = await listInvitations(as(root.owner), { organizationId: root.id })
    expect(listed).toMatchObject([{ state: 'orphaned', sender: leaver.fullName }])
    await sendInvitationAgain(as(root.owner), { invitationId: sent[0]?.invitationId as Id<'invitation'> })
    expect(await findInvitation(await tokenSentTo(email, 'invitation'))).toMatchObject({
      senderName: root.owner.fullName,
    })
  })

  it('leads nowhere into an organization that ended or is suspended', async () => {
    const root = await makeOrganization()
    const sales = await makeBusinessGroup(root)
    const [inRoot, inSales] = [await invite(root), await invite(root, { organization: sales })]
    await database().update(organizations).set({ endedAt: new Date() }).where(eq(organizations.id, sales.id))
    expect(await findInvitation(inSales.token)).toBeNull()
    expect(await findInvitation(inRoot.token)).not.toBeNull()
    await database()
      .update(organizations)
      .set({ suspendedAt: new Date() })
      .where(eq(organizations.id, root.id))
    expect(await findInvitation(inRoot.token)).toBeNull()
    await expect(joinByInvitation(VISITOR, { token: inRoot.token, ...newcomer() })).rejects.toMatchObject(
      GONE,
    )
  })

  it('that was used, withdrawn, too old or never was reads alike for whoever opens it', async () => {
    const root = await makeOrganization()
    const [used, withdrawn, old] = [await invite(root), await invite(root), await invite(root)]
    await joinByInvitation(VISITOR, { token: used.token, ...newcomer() })
    await withdrawInvitation(as(root.owner), { invitationId: withdrawn.invitationId })
    await database()
      .update(invitations)
      .set({ expiresAt: sql`now()` })
      .where(eq(invitations.id, old.invitationId))
    const visitor = await makeUser()
    for (const token of [used.token, withdrawn.token, old.token, 'made-up', '', 'x'.repeat(200)]) {
      expect(await findInvitation(token)).toBeNull()
      await expect(joinByInvitation(VISITOR, { token, ...newcomer() })).rejects.toMatchObject(GONE)
      await expect(acceptInvitation(as(visitor), { token })).rejects.toMatchObject(GONE)
    }
  })
})

describe('joining by an invitation', () => {
  it('makes an account with the invited address and the place, recorded as the person’s own act', async () => {
    const root = await makeOrganization()
    const sales = await makeBusinessGroup(root, { name: 'Sales' })
    const email = newAddress()
    await sendInvitations(as(root.owner), {
      organizationId: sales.id,
      emails: [email],
      role: 'developer',
      appsMax: 2,
    })
    const token = await tokenSentTo(email, 'invitation')
    await findInvitation(token)
    const given = newcomer()
    const { userId } = await joinByInvitation(VISITOR, { token, ...given })
    const [account] = await database().select().from(users).where(eq(users.id, userId))
    expect(account).toMatchObject({
      email,
      fullName: given.fullName,
      username: given.username,
      homeOrganizationId: root.id,
    })
    expect(await verifyPassword(account?.passwordHash ?? '', PASSWORD)).toBe(true)
    const places = await placesOf(userId)
    expect(places.get(sales.id)).toMatchObject({ role: 'developer', appsMax: 2 })
    expect(places.get(root.id)).toMatchObject({ role: 'member', appsMax: null })
    const told = await database()
      .select()
      .from(events)
      .where(eq(events.actorUserId, userId))
      .orderBy(events.id)
    expect(told.map(({ name, rootOrganizationId, ip }) => ({ name, rootOrganizationId, ip }))).toEqual([
      { name: 'invitation.accepted', rootOrganizationId: root.id, ip: VISITOR.ip },
      { name: 'membership.joined', rootOrganizationId: root.id, ip: VISITOR.ip },
    ])
    // Nobody is said to have given themselves a role.
    expect(told.map((event) => sentenceOf({ ...event, name: event.name as EventName }))).toEqual([
      `${given.fullName} accepted the invitation to ${sales.name}`,
      `${given.fullName} joined ${sales.name} as developer, invited by ${root.owner.fullName}`,
    ])
  })

  it('is refused with an address that has an account, and with a username somebody has; the link stays good', async () => {
    const root = await makeOrganization()
    const known = await makeMember(await makeOrganization())
    const { token } = await invite(root, { email: known.email.toUpperCase() })
    expect(await findInvitation(token)).toMatchObject({ hasAccount: true })
    await expect(joinByInvitation(VISITOR, { token, ...newcomer() })).rejects.toMatchObject({
      code: 'conflict',
      sentence: expect.stringContaining('Sign in to join.'),
    })
    const other = await invite(root)
    const taken = { ...newcomer(), username: known.username.toUpperCase() }
    await expect(joinByInvitation(VISITOR, { token: other.token, ...taken })).rejects.toMatchObject({
      code: 'conflict',
      fields: { username: expect.any(String) },
    })
    for (const wrong of [{ fullName: 'x'.repeat(1_000_000) }, { username: 'a b' }, { password: 'short' }]) {
      await expect(
        joinByInvitation(VISITOR, { token: other.token, ...newcomer(), ...wrong }),
      ).rejects.toMatchObject({ code: 'invalid' })
    }
    expect(await findInvitation(other.token)).not.toBeNull()
  })

  it('works once when two come at the same moment', async () => {
    for (let round = 0; round < rounds(3); round += 1) {
      const root = await makeOrganization()
      const { token, email } = await invite(root)
      const outcomes = await Promise.allSettled(
        [1, 2, 3].map(() => joinByInvitation(VISITOR, { token, ...newcomer() })),
      )
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') expect(isRefusal(outcome.reason)).toBe(true)
      }
      expect(await database().select().from(users).where(eq(users.email, email))).toHaveLength(1)
    }
  })
})

describe('accepting an invitation with an account', () => {
  it('takes the place with one press, as a guest where home is elsewhere', async () => {
    const [home, root] = [await makeOrganization(), await makeOrganization()]
    await database().update(users).set({ homeOrganizationId: home.id }).where(eq(users.id, home.owner.id))
    const { token } = await invite(root, { email: home.owner.email.toUpperCase(), role: 'developer' })
    expect(await acceptInvitation(as(home.owner), { token })).toEqual({ organizationId: root.id })
    expect((await placesOf(home.owner.id)).get(root.id)).toMatchObject({ role: 'developer' })
    const [account] = await database().select().from(users).where(eq(users.id, home.owner.id))
    expect(account?.homeOrganizationId).toBe(home.id)
    await expect(acceptInvitation(as(home.owner), { token })).rejects.toMatchObject(GONE)
  })

  it('sent by an app is good as long as that works, holds the scope, and its owner could invite so [P129]', async () => {
    const root = await makeOrganization()
    const sales = await makeBusinessGroup(root)
    const makeSender = async () => {
      const app = await makeApp({ organization: root, actsAs: 'itself', scopes: ['people:write'] })
      for (const { id } of [root, sales]) {
        await database()
          .insert(appContexts)
          .values({ appId: app.id, scope: 'people:write', organizationId: id })
      }
      return app
    }
    const invitedBy = async (app: MadeApp, organizationId: Id<'organization'>) => {
      const email = newAddress()
      const actor = asApp(app, ['people:write'], root, sales)
      await sendInvitations(actor, { organizationId, emails: [email], role: 'administrator' })
      return tokenSentTo(email, 'invitation')
    }
    const good = await makeSender()
    const join = (token: string) => joinByInvitation(VISITOR, { token, ...newcomer() })
    await join(await invitedBy(good, sales.id))
    const developer = await makeMember(root, 'developer')
    const spoiled: ((app: MadeApp) => Promise<unknown>)[] = [
      (app) => disableApp(as(root.owner), { appId: app.id }),
      (app) => deleteApp(as(root.owner), { appId: app.id, name: app.name }),
      (app) => database().update(connectedApps).set({ scopes: [] }).where(eq(connectedApps.id, app.id)),
      (app) => database().delete(appContexts).where(eq(appContexts.appId, app.id)),
      (app) =>
        database()
          .delete(appContexts)
          .where(and(eq(appContexts.appId, app.id), eq(appContexts.organizationId, sales.id))),
      (app) =>
        database().update(connectedApps).set({ ownerId: developer.id }).where(eq(connectedApps.id, app.id)),
    ]
    for (const spoil of spoiled) {
      const app = await makeSender()
      const token = await invitedBy(app, sales.id)
      expect(await findInvitation(token)).not.toBeNull()
      await spoil(app)
      expect(await findInvitation(token)).toBeNull()
      await expect(join(token)).rejects.toMatchObject(GONE)
    }
    const { invitations: open } = await listInvitations(as(root.owner), { organizationId: root.id })
    expect(open.map(({ state }) => state)).toEqual(spoiled.map(() => 'orphaned'))
    // Sent again by somebody who may, it is theirs and good.
    const [first] = open
    await sendInvitationAgain(as(root.owner), { invitationId: first?.id as Id<'invitation'> })
    await join(await tokenSentTo(first?.email ?? '', 'invitation'))
  })

  it('to administer is sent by no app whose owner does not [P129]', async () => {
    const root = await makeOrganization()
    const developer = await makeMember(root, 'developer')
    const owned = { organization: root, actsAs: 'itself', scopes: ['people:write'] } as const
    const app = await makeApp({ ...owned, scopes: [...owned.scopes], ownerId: developer.id })
    const actor = asApp(app, ['people:write'], root)
    const input = { organizationId: root.id, emails: [newAddress()] }
    await expect(sendInvitations(actor, { ...input, role: 'administrator' })).rejects.toMatchObject({
      code: 'forbidden',
      fields: { role: expect.stringContaining('owner is no administrator') },
    })
    const { invitationId } = await invite(root, { role: 'administrator' })
    await expect(sendInvitationAgain(actor, { invitationId })).rejects.toMatchObject({ code: 'forbidden' })
    expect((await sendInvitations(actor, { ...input, role: 'developer' })).sent).toHaveLength(1)
  })

  it('leaves the place somebody was given there meanwhile as it is', async () => {
    const root = await makeOrganization()
    const sales = await makeBusinessGroup(root)
    const ana = await makeMember(root)
    const { token } = await invite(root, { email: ana.email, organization: sales, role: 'administrator' })
    await addMember(as(root.owner), { userId: ana.id, organizationId: sales.id, role: 'member' })
    await acceptInvitation(as(ana), { token })
    expect((await placesOf(ana.id)).get(sales.id)).toMatchObject({ role: 'member' })
    expect(await findInvitation(token)).toBeNull()
  })

  it('is refused to an account with another address, also the inviter’s own, and to an app for the person', async () => {
    const root = await makeOrganization()
    const ana = await makeUser()
    const { token, invitationId } = await invite(root, { email: ana.email })
    for (const other of [root.owner, await makeUser()]) {
      await expect(acceptInvitation(as(other), { token })).rejects.toMatchObject({ code: 'forbidden' })
    }
    const through = asThrough(ana, await makeApp({ organization: root }), ['people:write'])
    await expect(acceptInvitation(through, { token })).rejects.toMatchObject({ code: 'forbidden' })
    await database().update(users).set({ deactivatedAt: new Date() }).where(eq(users.id, ana.id))
    await expect(acceptInvitation(as(ana), { token })).rejects.toMatchObject({ code: 'invalid' })
    expect((await placesOf(ana.id)).size).toBe(0)
    expect(await eventsOf(invitationId)).toEqual(['invitation.sent'])
  })

  it('gives one place when pressed twice at once, and none when the inviter withdraws first', async () => {
    for (let round = 0; round < rounds(4); round += 1) {
      const root = await makeOrganization()
      const ana = await makeUser()
      const { token, invitationId } = await invite(root, { email: ana.email })
      const [one, two, withdrawn] = await Promise.allSettled([
        acceptInvitation(as(ana), { token }),
        acceptInvitation(as(ana), { token }),
        withdrawInvitation(as(root.owner), { invitationId }),
      ])
      const accepted = [one, two].filter(({ status }) => status === 'fulfilled').length
      expect(accepted).toBe(withdrawn.status === 'fulfilled' ? 0 : 1)
      expect((await placesOf(ana.id)).size).toBe(accepted)
    }
  })
})

describe('the list of open invitations', () => {
  it('pages to the end, the newest first, and is searched by address', async () => {
    const root = await makeOrganization()
    const made = Array.from({ length: 52 }, (_, at) => ({
      id: newId('invitation'),
      organizationId: root.id,
      rootOrganizationId: root.id,
      email: `person_${at}@example.com`,
      role: 'member' as const,
      tokenHash: hashToken(newId('mail')),
      expiresAt: new Date(Date.now() + 3_600_000),
    }))
    await database().insert(invitations).values(made)
    const first = await listInvitations(SYSTEM, { organizationId: root.id })
    const second = await listInvitations(SYSTEM, { organizationId: root.id, cursor: first.next })
    const all = [...first.invitations, ...second.invitations]
    expect(all.map(({ id }) => id)).toEqual(made.map(({ id }) => id).toReversed())
    expect([first.total, second.next]).toEqual([52, null])
    const found = await listInvitations(SYSTEM, { organizationId: root.id, search: 'PERSON_5@' })
    expect(found.invitations.map(({ email }) => email)).toEqual(['person_5@example.com'])
  })
})

import { and, eq, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { events } from '#db/schema/audit'
import { users } from '#db/schema/users'
import { as, asApp } from '#test/actors'
import { database } from '#test/database'
import { makeApp, makeBusinessGroup, makeMember, makeMembership, makeOrganization } from '#test/factories'
import { mailsTo, tokenIn } from '#test/mail'
import { LINKS_PER_HOUR_MAX } from '../users/account-links.ts'
import { findAccountLink } from '../users/find-account-link.ts'
import { sendPasswordReset } from './send-password-reset.ts'

async function makeHome() {
  const organization = await makeOrganization({ name: 'Northwind Trading' })
  const person = await makeMember(organization)
  await database().update(users).set({ homeOrganizationId: organization.id }).where(eq(users.id, person.id))
  return { organization, person }
}

describe('a link for somebody’s new password', () => {
  it('goes to their own address from an administrator of their home, and is in its audit log [P128]', async () => {
    const { organization, person } = await makeHome()
    const { expiresAt } = await sendPasswordReset(as(organization.owner), { userId: person.id })
    expect(expiresAt.getTime() - Date.now()).toBeLessThanOrEqual(30 * 60_000)
    const [mail] = await mailsTo(person.email)
    expect(mail?.text).toContain(
      `${organization.owner.fullName}, an administrator of Northwind Trading, sends you`,
    )
    expect(await findAccountLink(tokenIn(mail), 'password-reset')).toMatchObject({ userId: person.id })
    const told = await database()
      .select()
      .from(events)
      .where(and(eq(events.subjectId, person.id), eq(events.name, 'user.password-reset-sent')))
    expect(told).toMatchObject([
      {
        rootOrganizationId: organization.id,
        actorUserId: organization.owner.id,
        subjectName: person.fullName,
      },
    ])
    expect(JSON.stringify(told)).not.toContain(tokenIn(mail))
  })

  it('is sent by nobody else: not where the person is a guest, not by members, apps or strangers [P128]', async () => {
    const { organization, person } = await makeHome()
    const elsewhere = await makeOrganization()
    await makeMembership(elsewhere, person.id, 'member')
    const group = await makeBusinessGroup(organization)
    const groupAdministrator = await makeMember(group, 'administrator')
    await makeMembership(group, person.id, 'member')
    const member = await makeMember(organization)
    const stranger = (await makeOrganization()).owner
    const app = await makeApp({ organization, actsAs: 'itself' })
    const refusals = await Promise.allSettled([
      sendPasswordReset(as(elsewhere.owner), { userId: person.id }),
      sendPasswordReset(as(groupAdministrator), { userId: person.id }),
      sendPasswordReset(as(member), { userId: person.id }),
      sendPasswordReset(as(person), { userId: person.id }),
      sendPasswordReset(asApp(app, ['connected-apps:write'], organization), { userId: person.id }),
      sendPasswordReset(as(stranger), { userId: person.id }),
    ])
    expect(refusals.map((result) => (result.status === 'rejected' ? result.reason.code : 'sent'))).toEqual([
      'forbidden',
      'forbidden',
      'forbidden',
      'forbidden',
      'not-found',
      'not-found',
    ])
    expect(await mailsTo(person.email)).toEqual([])
  })

  it('is refused for a deactivated account, and after several within the hour', async () => {
    const { organization, person } = await makeHome()
    const send = () => sendPasswordReset(as(organization.owner), { userId: person.id })
    for (let sent = 0; sent < LINKS_PER_HOUR_MAX; sent += 1) await send()
    await expect(send()).rejects.toMatchObject({ code: 'limit-reached' })
    await database().update(users).set({ deactivatedAt: sql`now()` }).where(eq(users.id, person.id))
    await expect(send()).rejects.toMatchObject({ code: 'conflict' })
    expect(await mailsTo(person.email)).toHaveLength(LINKS_PER_HOUR_MAX)
  })
})

import { eq, isNotNull } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { events } from '#db/schema/audit'
import { users } from '#db/schema/users'
import { as, asApp, asThrough } from '#test/actors'
import { database } from '#test/database'
import { type MadeUser, makeApp, makeMember, makeOrganization, makeUser } from '#test/factories'
import { endOperator } from './end-operator.ts'
import { listOperators } from './list-operators.ts'
import { nameOperator } from './name-operator.ts'

// Who runs the deployment is asked of the whole deployment, so the operators of other tests step down first.
beforeEach(() => database().update(users).set({ operatorSince: null }).where(isNotNull(users.operatorSince)))

const namesOf = async (actor: MadeUser) => (await listOperators(as(actor))).map(({ id }) => id)

describe('the operator’s office', () => {
  it('is handed on by naming another person and ending one’s own', async () => {
    const [first, second] = [await makeUser({ isOperator: true }), await makeUser()]
    expect(await nameOperator(as(first), { login: second.email.toUpperCase() })).toEqual({
      userId: second.id,
    })
    expect(await namesOf(first)).toEqual([first.id, second.id])
    await endOperator(as(first), { userId: first.id })
    expect(await namesOf(second)).toEqual([second.id])
    await expect(listOperators(as(first))).rejects.toMatchObject({ code: 'forbidden' })
    const told = await database()
      .select()
      .from(events)
      .where(eq(events.actorUserId, first.id))
      .orderBy(events.id)
    expect(
      told.map(({ name, subjectId, rootOrganizationId }) => [name, subjectId, rootOrganizationId]),
    ).toEqual([
      ['operator.named', second.id, null],
      ['operator.ended', first.id, null],
    ])
  })

  it('is never without anybody: not ended by the last one, nor by two who end each other', async () => {
    const [first, second] = [await makeUser({ isOperator: true }), await makeUser({ isOperator: true })]
    const outcomes = await Promise.allSettled([
      endOperator(as(first), { userId: second.id }),
      endOperator(as(second), { userId: first.id }),
    ])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const left = await database().select().from(users).where(isNotNull(users.operatorSince))
    expect(left).toHaveLength(1)
    const [last] = left as MadeUser[]
    if (!last) throw new Error('One is left.')
    await expect(endOperator(as(last), { userId: last.id })).rejects.toMatchObject({
      code: 'conflict',
      fields: { userId: expect.any(String) },
    })
  })

  it('goes to nobody twice, to no account that is not active, and to no login of nobody', async () => {
    const [first, away] = [await makeUser({ isOperator: true }), await makeUser()]
    await database().update(users).set({ deactivatedAt: new Date() }).where(eq(users.id, away.id))
    const name = (login: string) => nameOperator(as(first), { login })
    await expect(name(first.username)).rejects.toMatchObject({ code: 'conflict' })
    await expect(name(away.username)).rejects.toMatchObject({
      code: 'invalid',
      fields: { login: expect.anything() },
    })
    await expect(name('nobody@nowhere.example')).rejects.toMatchObject({ code: 'invalid' })
    await expect(name(' ')).rejects.toMatchObject({ code: 'invalid' })
    await expect(endOperator(as(first), { userId: away.id })).rejects.toMatchObject({ code: 'not-found' })
  })

  it('is nobody’s to give but an operator’s: not a root’s owner’s, nor an app’s that acts for an operator', async () => {
    const first = await makeUser({ isOperator: true })
    const root = await makeOrganization()
    const app = await makeApp({ organization: root })
    for (const actor of [
      as(root.owner),
      as(await makeMember(root)),
      asApp(app, ['organizations:write'], root),
      asThrough(first, app, ['organizations:write']),
    ]) {
      for (const act of [
        () => nameOperator(actor, { login: root.owner.username }),
        () => endOperator(actor, { userId: first.id }),
        () => listOperators(actor),
      ]) {
        await expect(act()).rejects.toMatchObject({ code: 'forbidden' })
      }
    }
  })
})

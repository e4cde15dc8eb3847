import { expect, it } from 'vitest'
import { DATABASE_AWAY, DATABASE_AWAY_DIGEST, isDatabaseAway } from '#lib/base/database-away'
import { type RequestContext, withinRequest } from '#lib/base/request-context'
import { tokenSql, transaction } from '#test/database'
import { refusalOf, shown } from './refuse.ts'

const request = (): RequestContext => ({
  id: 'req_1',
  ip: '127.0.0.1',
  nonce: '',
  formActions: new Set(),
  lookedUp: new Map(),
})

/** A query whose connection is ended under it, while every other one goes on. */
const cutOff = () =>
  transaction(async (tx) => {
    const [own] = await tx.execute<{ pid: number }>('select pg_backend_pid() as pid')
    await tokenSql()`select pg_terminate_backend(${own?.pid ?? 0})`
    await tx.execute('select 1')
  })

it('a page whose connection is cut says that the database is away, and its request knows', async () => {
  const context = request()
  const thrown = await withinRequest(context, () => shown(cutOff()).catch((error: unknown) => error))
  expect(thrown).toMatchObject({ message: DATABASE_AWAY, digest: DATABASE_AWAY_DIGEST })
  expect(context.isDatabaseAway).toBe(true)
  expect(isDatabaseAway(thrown)).toBe(true)
  expect(refusalOf(thrown)).toMatchObject({ code: 'unavailable', sentence: DATABASE_AWAY })
})

it('a page that meets a bug says nothing of the database', async () => {
  const [context, bug] = [request(), new Error('A bug')]
  expect(
    await withinRequest(context, () => shown(Promise.reject(bug)).catch((error: unknown) => error)),
  ).toBe(bug)
  expect(context.isDatabaseAway).toBeUndefined()
})

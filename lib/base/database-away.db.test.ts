import postgres from 'postgres'
import { describe, expect, inject, it } from 'vitest'
import { tokenSql, transaction } from '#test/database'
import { refusalIfDatabaseAway } from './database-away.ts'
import { isRefusal } from './refusal.ts'

const codeOf = (thrown: unknown) => {
  const seen = refusalIfDatabaseAway(thrown)
  return isRefusal(seen) ? seen.code : seen
}

describe('a request whose database goes away', () => {
  it('is refused as unavailable when its connection is ended under it', async () => {
    const ended = transaction(async (tx) => {
      const [own] = await tx.execute<{ pid: number }>('select pg_backend_pid() as pid')
      await tokenSql()`select pg_terminate_backend(${own?.pid ?? 0})`
      await tx.execute('select 1')
    })
    expect(await ended.catch(codeOf)).toBe('unavailable')
    expect(await transaction((tx) => tx.execute('select 1 as one'))).toEqual([{ one: 1 }])
  })

  it('is refused as unavailable when nobody answers there', async () => {
    const nowhere = new URL(inject('adminUrl'))
    nowhere.port = '1'
    const sql = postgres(nowhere.href, { max: 1 })
    expect(await sql`select 1`.catch(codeOf)).toBe('unavailable')
    await sql.end()
  })

  it('is told apart from what is wrong with a statement, and from other connections', async () => {
    const wrong = await tokenSql()`select from nothing_of_ours`.catch((thrown: unknown) => thrown)
    expect(refusalIfDatabaseAway(wrong)).toBe(wrong)
    const elsewhere = Object.assign(new Error('fetch failed'), { code: 'ECONNREFUSED' })
    expect(refusalIfDatabaseAway(elsewhere)).toBe(elsewhere)
    const round = new Error('round')
    round.cause = round
    expect(refusalIfDatabaseAway(round)).toBe(round)
  })
})

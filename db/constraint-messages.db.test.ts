import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { database } from '#db/client'
import { CONSTRAINT_MESSAGES, refusalForConstraint } from './constraint-messages.ts'

describe('the words for constraints', () => {
  it('are there for exactly the constraints of the database', async () => {
    const rows = await database().execute<{ name: string }>(sql`
      select conname as name from pg_constraint
        where contype in ('c', 'u') and connamespace = 'public'::regnamespace
      union
      select c.relname from pg_index i join pg_class c on c.oid = i.indexrelid
        where i.indisunique and not i.indisprimary and c.relnamespace = 'public'::regnamespace`)
    expect(Object.keys(CONSTRAINT_MESSAGES).sort()).toEqual(rows.map((row) => row.name).sort())
  })

  it('are given for a violation wrapped by the query builder, under the field it belongs to', () => {
    const violation = Object.assign(new Error('duplicate key'), { constraint_name: 'users_email_is_unique' })
    const refusal = refusalForConstraint(new Error('Failed query', { cause: violation }))
    expect(refusal).toMatchObject({ code: 'conflict', fields: { email: expect.stringContaining('e-mail') } })
  })

  it('leave a bug as it is', () => {
    const bug = Object.assign(new Error('check'), { constraint_name: 'tokens_hang_on_a_family_or_on_an_app' })
    expect(refusalForConstraint(bug)).toBe(bug)
    const other = new TypeError('x is not a function')
    expect(refusalForConstraint(other)).toBe(other)
  })
})

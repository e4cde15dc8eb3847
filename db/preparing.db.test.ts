import { inArray, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { organizations } from '#db/schema/organizations'
import { type Id, newId } from '#lib/base/ids'
import { type Transaction, transaction } from '#test/database'

describe('a statement', () => {
  it('is prepared when it is sent, in a transaction and in a part of one', async () => {
    await transaction(async (tx) => {
      for (let sent = 0; sent < 2; sent++) await tx.execute(sql`select ${sent}::int as once`)
      await tx.transaction((part) => part.execute(sql`select ${'a'}::text as within`))
      expect(await prepared(tx, '% as once')).toBe(1)
      expect(await prepared(tx, '% as within')).toBe(1)
    })
  })

  it('of any length is not, so that no connection keeps a text for each', async () => {
    await transaction(async (tx) => {
      const ids: Id<'organization'>[] = []
      for (let length = 1; length < 5; length++) {
        ids.push(newId('organization'))
        await tx.select({ id: organizations.id }).from(organizations).where(inArray(organizations.id, ids))
      }
      expect(await prepared(tx, '% from "organizations" where "organizations"."id" in (%')).toBe(0)
    })
  })
})

/** How many statements like this the connection keeps. */
async function prepared(tx: Transaction, like: string): Promise<number> {
  const [row] = await tx.execute<{ count: number }>(
    sql`select count(*)::int as count from pg_prepared_statements where statement like ${like}`,
  )
  return row?.count ?? 0
}

import { getTableName, isNotNull, sql } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client'
import { events } from '#db/schema/audit'
import { apis } from '#db/schema/connected-apps'
import { deployment } from '#db/schema/deployment'
import { organizations } from '#db/schema/organizations'
import { users } from '#db/schema/users'
import { Refusal } from '#lib/base/refusal'

export type SeedPurpose = 'demo' | 'development' | 'test'

/**
 * Refuses every database but one that is marked for this purpose and holds nothing that anybody made: boot's own rows (the
 * mark, the built-in scopes, signing keys) may be there. Holds the mark, so that of two seeds at once one is refused.
 */
export async function refuseUnlessEmpty(tx: Database | Transaction, purpose: SeedPurpose): Promise<void> {
  const [mark] = await tx.select({ purpose: deployment.purpose }).from(deployment).for('update')
  if (mark?.purpose !== purpose) {
    const is = mark ? `marked "${mark.purpose}"` : 'not marked for anything'
    throw new Refusal(
      'conflict',
      `The demo’s data goes only into a database marked "${purpose}"; this one is ${is}.`,
    )
  }
  const held = await findWhatIsHeld(tx)
  if (held) {
    throw new Refusal(
      'conflict',
      `The demo’s data goes only into an empty database; this one already holds ${held}.`,
    )
  }
}

/** The name of a table that holds something somebody made, or undefined while the database is as boot left it. */
export async function findWhatIsHeld(tx: Database | Transaction): Promise<string | undefined> {
  // Whatever is made has a maker, a place or an event; an API of an organization has it named.
  for (const table of [users, organizations, events]) {
    const rows = await tx.select({ one: sql`1` }).from(table).limit(1)
    if (rows.length > 0) return getTableName(table)
  }
  const foreign = await tx
    .select({ one: sql`1` })
    .from(apis)
    .where(isNotNull(apis.rootOrganizationId))
    .limit(1)
  return foreign.length > 0 ? getTableName(apis) : undefined
}

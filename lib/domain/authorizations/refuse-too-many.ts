import { sql } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { environment } from '../../base/env.ts'
import { type Id, uuidOf } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'

type Whose = { userId: Id<'user'>; rootOrganizationId: Id<'organization'> }

/**
 * Held by whoever says a yes until the transaction ends, so that two of one person in one organization cannot both be the
 * last one.
 */
export async function holdYeses(tx: Transaction, { userId, rootOrganizationId }: Whose): Promise<void> {
  const name = `yeses ${userId} ${rootOrganizationId}`
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`)
}

/** Refuses the one yes too many that a person has just said in a root organization. Called while their yeses are held. */
export async function refuseTooMany(tx: Transaction, { userId, rootOrganizationId }: Whose): Promise<void> {
  const max = environment().authorizationsPerPersonMax
  const [row] = await tx.execute<{ live: number; name: string }>(sql`
    select r.name, (select count(*)::int from live_authorizations l
      where l.user_id = ${uuidOf(userId)}::uuid and l.root_organization_id = r.id) as live
    from organizations r where r.id = ${uuidOf(rootOrganizationId)}::uuid`)
  if (!row || row.live <= max) return
  const apps = max === 1 ? 'one app acts' : `${max.toLocaleString('en')} apps act`
  throw new Refusal(
    'limit-reached',
    `At ${row.name} ${apps} for you already, and there may be no more. Take one back under My apps, then authorize this one.`,
  )
}

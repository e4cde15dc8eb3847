import { eq, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { organizations } from '#db/schema/organizations'
import type { Id } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'
import { type ChosenLife, judgeLife, noticeDays } from './secret-life.ts'

export type Life = { expiresAt: Date | null; expiryToldDays: number | null }

/**
 * When a new secret of that root organization ends, by the database's clock; refused when its rule allows no such life.
 * Null: the rule of no organization, as for keys.
 */
export async function settleLife(
  tx: Transaction,
  rootOrganizationId: Id<'organization'> | null,
  chosen: ChosenLife = {},
): Promise<Life> {
  const [clock] = await tx.execute<{ now: string }>(sql`select now() as now`)
  const [root] = rootOrganizationId
    ? await tx
        .select({ daysMax: organizations.secretDaysMax })
        .from(organizations)
        .where(eq(organizations.id, rootOrganizationId))
    : []
  const now = new Date(clock?.now ?? Date.now())
  const verdict = judgeLife(chosen, now, root?.daysMax ?? null)
  if ('error' in verdict) throw new Refusal('invalid', verdict.error, { [verdict.field]: verdict.error })
  return { expiresAt: verdict.expiresAt, expiryToldDays: noticeDays(now, verdict.expiresAt) }
}

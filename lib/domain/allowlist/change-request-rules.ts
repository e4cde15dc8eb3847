import { eq, sql } from 'drizzle-orm'
import { transaction } from '#db/client'
import { allowlists } from '#db/schema/allowlist'
import { parse } from '../../base/parse.ts'
import { record } from '../audit/record.ts'
import { type Actor, personOf } from '../permissions/actor.ts'
import { type Allowlist, openAllowlist } from './open-allowlist.ts'
import { type ChangeRequestRulesInput, changeRequestRulesSchema } from './schema.ts'

type Rule = 'grantsApprovedOnly' | 'tellsOfRequests'
type Rules = { [Name in Rule]: boolean }

/**
 * Says what happens where an app asks for more than is approved: whether it is given what is approved, instead of nothing;
 * and whether those who answer requests are told of them by mail. What is left out stays as it is. Unchanged: nothing happens.
 */
export async function changeRequestRules(actor: Actor, input: ChangeRequestRulesInput): Promise<void> {
  const { rootOrganizationId, ...wanted } = parse(changeRequestRulesSchema, input)
  await transaction(async (tx) => {
    const allowlist = await openAllowlist(tx, actor, rootOrganizationId, 'allowlist.change-policy')
    const changed = changedRules(allowlist, wanted)
    if (changed.length === 0) return
    await tx
      .update(allowlists)
      .set({
        ...Object.fromEntries(changed.map(([rule, { after }]) => [rule, after])),
        version: sql`${allowlists.version} + 1`,
        updatedAt: sql`now()`,
        updatedBy: personOf(actor),
      })
      .where(eq(allowlists.rootOrganizationId, rootOrganizationId))
    await record(tx, actor, {
      name: 'allowlist.request-rules-changed',
      rootOrganizationId,
      subject: allowlist.organization,
      details: { changed: Object.fromEntries(changed) },
    })
  })
}

function changedRules(
  allowlist: Allowlist,
  wanted: { [Name in Rule]?: boolean | undefined },
): [Rule, { before: boolean; after: boolean }][] {
  const before: Rules = allowlist
  return (['grantsApprovedOnly', 'tellsOfRequests'] as const).flatMap((rule) => {
    const after = wanted[rule]
    return after === undefined || after === before[rule] ? [] : [[rule, { before: before[rule], after }]]
  })
}

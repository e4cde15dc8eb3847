import { sql } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client'
import { type Id, uuidOf } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'
import { judgeMove } from '../organizations/rules.ts'
import { BUSINESS_GROUP_LEVELS_MAX } from '../organizations/schema.ts'

type Place = { id: Id<'organization'>; name: string }

/** Refuses to put a business group below itself, deeper than the tree may go, or beside one of the same name. */
export async function refuseMove(tx: Database | Transaction, group: Place, parent: Place): Promise<void> {
  const [id, parentId] = [uuidOf(group.id), uuidOf(parent.id)]
  const [fact] = await tx.execute<{
    isBelowItself: boolean
    parentLevel: number
    height: number
    hasNamesake: boolean
  }>(sql`
    select
      exists (select from organization_ancestors
        where organization_id = ${parentId}::uuid and ancestor_id = ${id}::uuid) as "isBelowItself",
      (select count(*)::int from organization_ancestors where organization_id = ${parentId}::uuid) as "parentLevel",
      (select max(a.depth) + 1 from organization_ancestors a
        join organizations o on o.id = a.organization_id and o.ended_at is null
        where a.ancestor_id = ${id}::uuid) as height,
      exists (select from organizations o where o.parent_id = ${parentId}::uuid and o.id <> ${id}::uuid
        and o.ended_at is null and lower(o.name) = lower(${group.name})) as "hasNamesake"`)
  if (!fact) throw new Error('A statement without a table gives one row.')
  const verdict = judgeMove({ ...fact, levelsMax: BUSINESS_GROUP_LEVELS_MAX })
  if (!verdict) return
  const sentence = {
    cycle: `${group.name} cannot stand below itself.`,
    'too-deep': `Business groups go ${BUSINESS_GROUP_LEVELS_MAX} levels deep at most. Below ${parent.name} there is no room for ${group.name} with all it holds.`,
    'name-taken': `${parent.name} already has a business group named ${group.name}. Rename one of the two first.`,
  }[verdict]
  const code = { cycle: 'invalid', 'too-deep': 'limit-reached', 'name-taken': 'conflict' } as const
  throw new Refusal(code[verdict], sentence, { parentId: sentence })
}

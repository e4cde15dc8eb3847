import { and, count, eq, isNotNull, isNull } from 'drizzle-orm'
import { type Transaction, transaction } from '#db/client'
import { organizationAncestors, organizations } from '#db/schema/organizations'
import { type Id, newId } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { record } from '../audit/record.ts'
import type { Actor } from '../permissions/actor.ts'
import { openOrganization } from './open-organization.ts'
import {
  BUSINESS_GROUP_LEVELS_MAX,
  BUSINESS_GROUPS_PER_ROOT_MAX,
  type CreateBusinessGroupInput,
  createBusinessGroupSchema,
} from './schema.ts'

/**
 * Makes a business group under an organization the actor administers. Whoever has a role above it has it here too.
 * Refuses a name a sibling has, more than ten levels, and the 1,001st of a tree.
 */
export async function createBusinessGroup(
  actor: Actor,
  input: CreateBusinessGroupInput,
): Promise<{ organizationId: Id<'organization'> }> {
  const { parentId, name } = parse(createBusinessGroupSchema, input)
  return transaction(async (tx) => {
    const parent = await openOrganization(tx, actor, parentId, 'organizations.create-business-group')
    const above = await tx
      .select()
      .from(organizationAncestors)
      .where(eq(organizationAncestors.organizationId, parentId))
    if (above.length >= BUSINESS_GROUP_LEVELS_MAX) {
      throw new Refusal(
        'limit-reached',
        `Business groups go ${BUSINESS_GROUP_LEVELS_MAX} levels deep at most.`,
      )
    }
    await refuseTooMany(tx, parent.rootOrganizationId)
    const id = newId('organization')
    const { rootOrganizationId } = parent
    await tx.insert(organizations).values({ id, name, parentId, rootOrganizationId })
    await tx
      .insert(organizationAncestors)
      .values([
        { organizationId: id, ancestorId: id, depth: 0 },
        ...above.map(({ ancestorId, depth }) => ({ organizationId: id, ancestorId, depth: depth + 1 })),
      ])
    await record(tx, actor, {
      name: 'business-group.created',
      rootOrganizationId,
      organizationId: id,
      subject: { id, name },
      details: { parentId, parentName: parent.name },
    })
    return { organizationId: id }
  })
}

/** The root's row is locked, so two at once cannot both be the last one. */
async function refuseTooMany(tx: Transaction, rootOrganizationId: Id<'organization'>): Promise<void> {
  const [row] = await tx
    .select({ groups: count() })
    .from(organizations)
    .where(
      and(
        eq(organizations.rootOrganizationId, rootOrganizationId),
        isNotNull(organizations.parentId),
        isNull(organizations.endedAt),
      ),
    )
  if ((row?.groups ?? 0) < BUSINESS_GROUPS_PER_ROOT_MAX) return
  const most = BUSINESS_GROUPS_PER_ROOT_MAX.toLocaleString('en')
  throw new Refusal('limit-reached', `A root organization has at most ${most} business groups.`)
}

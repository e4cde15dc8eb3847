import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { apis } from '#db/schema/connected-apps'
import { type Id, isId } from '../../base/ids.ts'
import type { Actor } from '../permissions/actor.ts'
import type { Permission } from '../permissions/catalogue.ts'
import { absentTo, check } from '../permissions/check.ts'

export type Api = typeof apis.$inferSelect & { rootOrganizationId: Id<'organization'>; scopePrefix: string }

const ABSENT = 'There is no such API here.'

/**
 * The only way to hold an organization's own API in order to change it or its scopes: finds it, locks its row until the
 * transaction ends, and checks the permission. The built-in ones change with the product alone: they read as absent.
 */
export async function openApi(
  tx: Transaction,
  actor: Actor,
  apiId: Id<'api'>,
  permission: Permission,
): Promise<Api> {
  const [api] = isId('api', apiId)
    ? await tx
        .select()
        .from(apis)
        .where(and(eq(apis.id, apiId), isNotNull(apis.rootOrganizationId), isNull(apis.endedAt)))
        .for('no key update')
    : []
  if (!api?.rootOrganizationId) throw await absentTo(tx, actor, ABSENT)
  const { rootOrganizationId } = api
  const place = { organizationId: rootOrganizationId, rootOrganizationId }
  await check(tx, actor, permission, place, { permission: 'apis.view', absent: ABSENT })
  return { ...api, rootOrganizationId, scopePrefix: api.scopePrefix ?? '' }
}

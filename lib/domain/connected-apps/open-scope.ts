import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { apis, scopes } from '#db/schema/connected-apps'
import type { Actor } from '../permissions/actor.ts'
import type { Permission } from '../permissions/catalogue.ts'
import { absentTo } from '../permissions/check.ts'
import { type Api, openApi } from './open-api.ts'

export type Scope = typeof scopes.$inferSelect

const NO_SCOPE = 'There is no such scope here.'

/** The only way to hold a scope of an organization's own API in order to change it: the API is opened, and both are locked. */
export async function openScope(
  tx: Transaction,
  actor: Actor,
  name: string,
  permission: Permission,
): Promise<{ api: Api; scope: Scope }> {
  const [found] = await tx
    .select({ apiId: scopes.apiId })
    .from(scopes)
    .innerJoin(apis, eq(apis.id, scopes.apiId))
    .where(and(eq(scopes.name, name), isNotNull(apis.rootOrganizationId), isNull(apis.endedAt)))
  if (!found) throw await absentTo(tx, actor, NO_SCOPE)
  const api = await openApi(tx, actor, found.apiId, permission)
  const [scope] = await tx
    .select()
    .from(scopes)
    .where(and(eq(scopes.name, name), isNull(scopes.endedAt)))
    .for('no key update')
  if (!scope) throw await absentTo(tx, actor, NO_SCOPE)
  return { api, scope }
}

import { and, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { scopes } from '#db/schema/connected-apps'
import type { Id } from '../../base/ids.ts'
import type { Actor } from '../permissions/actor.ts'
import type { Permission } from '../permissions/catalogue.ts'
import { absentTo } from '../permissions/check.ts'
import { type Api, openApi } from './open-api.ts'

export type Scope = typeof scopes.$inferSelect

/** The only way to hold a scope of an organization's own API in order to change it: the API is opened, and both are locked. */
export async function openScope(
  tx: Transaction,
  actor: Actor,
  { apiId, name }: { apiId: Id<'api'>; name: string },
  permission: Permission,
): Promise<{ api: Api; scope: Scope }> {
  const api = await openApi(tx, actor, apiId, permission)
  const [scope] = await tx
    .select()
    .from(scopes)
    .where(and(eq(scopes.apiId, apiId), eq(scopes.name, name), isNull(scopes.endedAt)))
    .for('no key update')
  if (!scope) throw await absentTo(tx, actor, 'There is no such scope here.')
  return { api, scope }
}

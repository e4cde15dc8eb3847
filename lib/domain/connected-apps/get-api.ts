import { and, eq, isNull } from 'drizzle-orm'
import { database } from '#db/client'
import { apis } from '#db/schema/connected-apps'
import { type Id, isId } from '../../base/ids.ts'
import type { Actor } from '../permissions/actor.ts'
import { absentTo } from '../permissions/check.ts'
import { type DocumentedApi, listApis } from './list-apis.ts'

/** One API of a root organization with its scopes, for whoever may read the documentation there. */
export async function getApi(actor: Actor, apiId: Id<'api'>): Promise<DocumentedApi> {
  const db = database()
  const absent = 'There is no such API here.'
  const [row] = isId('api', apiId)
    ? await db
        .select({ rootOrganizationId: apis.rootOrganizationId })
        .from(apis)
        .where(and(eq(apis.id, apiId), isNull(apis.endedAt)))
    : []
  if (!row?.rootOrganizationId) throw await absentTo(db, actor, absent)
  const api = (await listApis(actor, row.rootOrganizationId)).find(({ id }) => id === apiId)
  if (!api) throw await absentTo(db, actor, absent)
  return api
}

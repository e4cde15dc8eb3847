import { and, eq, sql } from 'drizzle-orm'
import { transaction } from '#db/client'
import { events } from '#db/schema/audit'
import { apis } from '#db/schema/connected-apps'
import { parse } from '../../base/parse.ts'
import { record } from '../audit/record.ts'
import { refuseOvertakenSave } from '../audit/refuse-overtaken-save.ts'
import { type Actor, personOf } from '../permissions/actor.ts'
import { type UpdateApiInput, updateApiSchema } from './apis-schema.ts'
import { checkResourceServer } from './check-resource-server.ts'
import { differencesOf } from './differences-of.ts'
import { openApi } from './open-api.ts'

const FIELDS = {
  name: 'the name',
  description: 'the description',
  resourceServerAppId: 'which app answers for it',
  openTo: 'whose apps may ask for its scopes',
  tokenFormat: 'the form of its tokens',
  jwtLifetimeSeconds: 'how long a JWT is good for',
}

/**
 * Changes what may be changed of an API: its words, which app answers for it, whose apps may ask for its scopes, and the
 * format of tokens issued from now on. Fields left out stay. It holds at the next token check; a JWT that is out already
 * is accepted until it expires. Refuses a save over somebody's newer one, and an app of another organization.
 */
export async function updateApi(actor: Actor, input: UpdateApiInput): Promise<{ version: number }> {
  const { apiId, version, ...wanted } = parse(updateApiSchema, input)
  return transaction(async (tx) => {
    const api = await openApi(tx, actor, apiId, 'apis.update')
    await refuseOvertakenSave(tx, actor, {
      version,
      present: api.version,
      eventsOf: and(eq(events.name, 'api.updated'), eq(events.subjectId, apiId)),
      thing: 'this API',
      fields: FIELDS,
    })
    const changed = differencesOf(api, wanted)
    if (Object.keys(changed).length === 0) return { version: api.version }
    if (changed.resourceServerAppId) {
      await checkResourceServer(tx, actor, api.rootOrganizationId, wanted.resourceServerAppId ?? null)
    }
    const next = api.version + 1
    await tx
      .update(apis)
      .set({ ...wanted, version: next, updatedAt: sql`now()`, updatedBy: personOf(actor) })
      .where(eq(apis.id, apiId))
    await record(tx, actor, {
      name: 'api.updated',
      rootOrganizationId: api.rootOrganizationId,
      subject: { id: apiId, name: api.name },
      details: { version: next, changed },
    })
    return { version: next }
  })
}

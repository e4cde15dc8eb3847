import { and, eq, sql } from 'drizzle-orm'
import { transaction } from '#db/client'
import { events } from '#db/schema/audit'
import { scopes } from '#db/schema/connected-apps'
import { parse } from '../../base/parse.ts'
import { record } from '../audit/record.ts'
import { refuseOvertakenSave } from '../audit/refuse-overtaken-save.ts'
import { type Actor, personOf } from '../permissions/actor.ts'
import { type UpdateScopeInput, updateScopeSchema } from './apis-schema.ts'
import { differencesOf } from './differences-of.ts'
import { openScope } from './open-scope.ts'

const FIELDS = { title: 'its sentence', description: 'the description', risk: 'the risk' }

/**
 * Changes the words of a scope: the sentence of consent, the description, the risk. Its name, and whether it needs
 * organizations, never change: what people said yes to would mean something else. Refuses a save over a newer one.
 */
export async function updateScope(actor: Actor, input: UpdateScopeInput): Promise<{ version: number }> {
  const { apiId, name, version, ...wanted } = parse(updateScopeSchema, input)
  return transaction(async (tx) => {
    const { api, scope } = await openScope(tx, actor, { apiId, name }, 'apis.update')
    await refuseOvertakenSave(tx, actor, {
      version,
      present: scope.version,
      eventsOf: and(eq(events.name, 'scope.updated'), eq(events.subjectId, name)),
      thing: 'this scope',
      fields: FIELDS,
    })
    const changed = differencesOf(scope, wanted)
    if (Object.keys(changed).length === 0) return { version: scope.version }
    const next = scope.version + 1
    await tx
      .update(scopes)
      .set({ ...wanted, version: next, updatedAt: sql`now()`, updatedBy: personOf(actor) })
      .where(eq(scopes.name, name))
    await record(tx, actor, {
      name: 'scope.updated',
      rootOrganizationId: api.rootOrganizationId,
      subject: { id: name, name },
      details: { apiId, api: api.name, version: next, changed },
    })
    return { version: next }
  })
}

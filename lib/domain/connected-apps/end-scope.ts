import { eq, sql } from 'drizzle-orm'
import { transaction } from '#db/client'
import { scopes } from '#db/schema/connected-apps'
import { parse } from '../../base/parse.ts'
import { record } from '../audit/record.ts'
import { type Actor, personOf } from '../permissions/actor.ts'
import { type EndScopeInput, endScopeSchema } from './apis-schema.ts'
import { openScope } from './open-scope.ts'

/**
 * Ends a scope: nothing may be given it any more, and it is dropped from tokens at the next check. What people said yes
 * to otherwise stands. Its name stays taken. A JWT that is out already is accepted until it expires. Cannot be undone.
 */
export async function endScope(actor: Actor, input: EndScopeInput): Promise<void> {
  const { apiId, name } = parse(endScopeSchema, input)
  await transaction(async (tx) => {
    const { api } = await openScope(tx, actor, { apiId, name }, 'apis.end')
    await tx
      .update(scopes)
      .set({ endedAt: sql`now()`, endedBy: personOf(actor) })
      .where(eq(scopes.name, name))
    await record(tx, actor, {
      name: 'scope.ended',
      rootOrganizationId: api.rootOrganizationId,
      subject: { id: name, name },
      details: { apiId, api: api.name },
    })
  })
}

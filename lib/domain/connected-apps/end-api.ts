import { and, eq, isNull, sql } from 'drizzle-orm'
import { transaction } from '#db/client'
import { apis, scopes } from '#db/schema/connected-apps'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { record } from '../audit/record.ts'
import { type Actor, personOf } from '../permissions/actor.ts'
import { type EndApiInput, endApiSchema } from './apis-schema.ts'
import { openApi } from './open-api.ts'

/**
 * Ends an API and all of its scopes, after its name was typed: nothing may be given them any more, and they are dropped
 * from tokens at the next check. Audience, prefix and names stay taken: what was once trusted never means something
 * else. A JWT that is out already is accepted until it expires. Cannot be undone.
 */
export async function endApi(actor: Actor, input: EndApiInput): Promise<void> {
  const { apiId, name } = parse(endApiSchema, input)
  await transaction(async (tx) => {
    const api = await openApi(tx, actor, apiId, 'apis.end')
    if (name !== api.name) {
      const sentence = 'Type the name of the API exactly as it is.'
      throw new Refusal('invalid', sentence, { name: sentence })
    }
    const ended = { endedAt: sql`now()`, endedBy: personOf(actor) }
    const last = await tx
      .update(scopes)
      .set(ended)
      .where(and(eq(scopes.apiId, apiId), isNull(scopes.endedAt)))
      .returning({ name: scopes.name })
    await tx.update(apis).set(ended).where(eq(apis.id, apiId))
    await record(tx, actor, {
      name: 'api.ended',
      rootOrganizationId: api.rootOrganizationId,
      subject: { id: apiId, name: api.name },
      details: { audience: api.audience, scopes: last.map((scope) => scope.name).sort() },
    })
  })
}

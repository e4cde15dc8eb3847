import { and, count, eq, isNull } from 'drizzle-orm'
import { type Transaction, transaction } from '#db/client'
import { scopes } from '#db/schema/connected-apps'
import type { Id } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { record } from '../audit/record.ts'
import { type Actor, personOf } from '../permissions/actor.ts'
import { type CreateScopeInput, createScopeSchema, SCOPES_PER_API_MAX } from './apis-schema.ts'
import { openApi } from './open-api.ts'
import { judgeScopeName } from './scope-names.ts'

/**
 * Defines a scope of an API: its name, which never changes, the sentence that consent shows, and how much harm it can do.
 * Apps can ask for it at once. Refuses a name outside the API's prefix, and one that is taken or was.
 */
export async function createScope(actor: Actor, input: CreateScopeInput): Promise<{ name: string }> {
  const { apiId, name, ...given } = parse(createScopeSchema, input)
  if (given.needsEnvironment && !given.needsOrganization) {
    const sentence = 'An environment belongs to an organization: a scope that needs one needs the other.'
    throw new Refusal('invalid', sentence, { needsEnvironment: sentence })
  }
  return transaction(async (tx) => {
    const api = await openApi(tx, actor, apiId, 'apis.create')
    const problem = judgeScopeName(name, api.scopePrefix) ?? (await whyTaken(tx, name))
    if (problem) throw new Refusal('invalid', problem, { name: problem })
    await refuseTooMany(tx, apiId)
    const by = personOf(actor)
    await tx.insert(scopes).values({ ...given, name, apiId, createdBy: by, updatedBy: by })
    await record(tx, actor, {
      name: 'scope.created',
      rootOrganizationId: api.rootOrganizationId,
      subject: { id: name, name },
      details: { apiId, api: api.name, ...given },
    })
    return { name }
  })
}

/** The API is locked and its prefix is nobody else's, so nobody can take the name meanwhile. */
async function whyTaken(tx: Transaction, name: string): Promise<string | null> {
  const [known] = await tx.select({ endedAt: scopes.endedAt }).from(scopes).where(eq(scopes.name, name))
  if (!known) return null
  if (known.endedAt === null) return 'The API already has this scope.'
  return 'This scope has ended, and people may remember what it meant. Choose another name.'
}

async function refuseTooMany(tx: Transaction, apiId: Id<'api'>): Promise<void> {
  const [row] = await tx
    .select({ scopes: count() })
    .from(scopes)
    .where(and(eq(scopes.apiId, apiId), isNull(scopes.endedAt)))
  if ((row?.scopes ?? 0) < SCOPES_PER_API_MAX) return
  throw new Refusal(
    'limit-reached',
    `An API has at most ${SCOPES_PER_API_MAX} scopes. End one that nobody uses.`,
  )
}

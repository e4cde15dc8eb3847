import { and, count, eq, isNull } from 'drizzle-orm'
import { type Transaction, transaction } from '#db/client'
import { apis } from '#db/schema/connected-apps'
import { type Id, newId } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { record } from '../audit/record.ts'
import { openOrganization } from '../organizations/open-organization.ts'
import { type Actor, personOf } from '../permissions/actor.ts'
import { APIS_PER_ROOT_MAX, type CreateApiInput, createApiSchema } from './apis-schema.ts'
import { checkResourceServer } from './check-resource-server.ts'
import { judgePrefix } from './scope-names.ts'

/**
 * Defines an API of a root organization: what tokens name as their audience (RFC 8707), what its scopes' names begin with,
 * which app answers for it, and the format of its access tokens. Audience and prefix are its own for ever. Refuses a
 * business group, a prefix or audience that another API has or had, and an app of another organization.
 */
export async function createApi(actor: Actor, input: CreateApiInput): Promise<{ apiId: Id<'api'> }> {
  const { organizationId, ...given } = parse(createApiSchema, input)
  const problem = judgePrefix(given.scopePrefix)
  if (problem) throw new Refusal('invalid', problem, { scopePrefix: problem })
  return transaction(async (tx) => {
    const organization = await openOrganization(tx, actor, organizationId, 'apis.create')
    if (organization.parentId !== null) {
      throw new Refusal('invalid', 'An API belongs to the root organization: define it there.')
    }
    const { id: rootOrganizationId } = organization
    await refuseTooMany(tx, rootOrganizationId)
    await checkResourceServer(tx, actor, rootOrganizationId, given.resourceServerAppId)
    const apiId = newId('api')
    const by = personOf(actor)
    await tx.insert(apis).values({ ...given, id: apiId, rootOrganizationId, createdBy: by, updatedBy: by })
    const { audience, scopePrefix, tokenFormat, openTo } = given
    await record(tx, actor, {
      name: 'api.created',
      rootOrganizationId,
      subject: { id: apiId, name: given.name },
      details: { audience, scopePrefix, tokenFormat, openTo },
    })
    return { apiId }
  })
}

/** The root's row is locked, so two at once cannot both be the last one. */
async function refuseTooMany(tx: Transaction, rootOrganizationId: Id<'organization'>): Promise<void> {
  const [row] = await tx
    .select({ apis: count() })
    .from(apis)
    .where(and(eq(apis.rootOrganizationId, rootOrganizationId), isNull(apis.endedAt)))
  if ((row?.apis ?? 0) < APIS_PER_ROOT_MAX) return
  throw new Refusal(
    'limit-reached',
    `An organization has at most ${APIS_PER_ROOT_MAX} APIs. End one that nobody uses.`,
  )
}

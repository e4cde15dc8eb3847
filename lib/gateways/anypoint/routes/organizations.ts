import { createEnvironment } from '../../../domain/organizations/create-environment.ts'
import { getOrganization, type OrganizationDetails } from '../../../domain/organizations/get-organization.ts'
import type { CreateEnvironmentInput } from '../../../domain/organizations/schema.ts'
import { listPeople } from '../../../domain/people/list-people.ts'
import { getAbsence } from '../../../domain/permissions/get-absence.ts'
import { bare, idIn } from '../ids.ts'
import { namesIn } from '../names.ts'
import { organizationAt } from '../place.ts'
import { type Answer, type Call, type Route, sliceOf } from '../route.ts'

export const ORGANIZATION_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/organizations/{org}', run: read },
  { method: 'GET', path: '/organizations/{org}/members', run: listMembers },
  { method: 'GET', path: '/organizations/{org}/environments', run: listEnvironments },
  { method: 'POST', path: '/organizations/{org}/environments', run: addEnvironment },
  { method: 'GET', path: '/organizations/{org}/environments/{env}', run: readEnvironment },
]

const at = async (call: Call) => getOrganization(call.actor, await organizationAt(call))

async function read(call: Call): Promise<Answer> {
  const organization = await at(call)
  const { root, parentId, businessGroups } = organization
  return {
    body: {
      id: bare(organization.id),
      name: organization.name,
      isRoot: parentId === null,
      rootOrganizationId: bare(root.id),
      parentOrganizationIds: parentId ? [bare(parentId)] : [],
      subOrganizationIds: businessGroups.map(({ id }) => bare(id)),
      ownerId: root.owner && bare(root.owner.id),
      owner: root.owner && { id: bare(root.owner.id), username: root.owner.username },
      environments: environmentsOf(organization),
      // Nothing is sold here, and nothing runs out.
      subscription: { category: 'Self-hosted', type: 'Gatehouse', expiration: null },
      entitlements: {},
    },
  }
}

/** Our lists go on by cursor, theirs count rows: what lies before the slice is read over. */
async function listMembers(call: Call): Promise<Answer> {
  const { offset, limit } = sliceOf(call)
  const search = call.query.get('search') ?? undefined
  const wanted = { organizationId: await organizationAt(call), search }
  let page = await listPeople(call.actor, wanted)
  const found = [...page.people]
  while (page.next && found.length < offset + limit) {
    page = await listPeople(call.actor, { ...wanted, cursor: page.next })
    found.push(...page.people)
  }
  const data = found.slice(offset, offset + limit).map((person) => ({
    id: bare(person.id),
    username: person.username,
    ...namesIn(person.fullName),
    email: person.email,
    enabled: person.state !== 'deactivated',
  }))
  return { body: { data, total: page.total } }
}

async function listEnvironments(call: Call): Promise<Answer> {
  const data = environmentsOf(await at(call))
  return { body: { data, total: data.length } }
}

async function readEnvironment(call: Call): Promise<Answer> {
  return { body: await environmentIn(call, idIn('environment', call.named.env)) }
}

async function addEnvironment(call: Call): Promise<Answer> {
  const { name, type, isProduction } = call.body
  const organizationId = await organizationAt(call)
  const kind = type ?? (isProduction === true ? 'production' : 'sandbox')
  const input = { organizationId, name, kind } as CreateEnvironmentInput
  const { environmentId } = await createEnvironment(call.actor, input)
  return { status: 201, body: await environmentIn(call, environmentId) }
}

async function environmentIn(call: Call, environmentId: string | null) {
  const found = environmentsOf(await at(call)).find(({ id }) => environmentId && id === bare(environmentId))
  if (!found) throw await getAbsence(call.actor)
  return found
}

function environmentsOf({ id, environments }: OrganizationDetails) {
  return environments.map((environment) => ({
    id: bare(environment.id),
    name: environment.name,
    organizationId: bare(id),
    isProduction: environment.kind === 'production',
    type: environment.kind,
    clientId: null,
  }))
}

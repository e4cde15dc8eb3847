import { endEnvironment } from '../../../domain/offboarding/end-environment.ts'
import { createEnvironment } from '../../../domain/organizations/create-environment.ts'
import { getOrganization, type OrganizationDetails } from '../../../domain/organizations/get-organization.ts'
import type { CreateEnvironmentInput, UpdateEnvironmentInput } from '../../../domain/organizations/schema.ts'
import { updateEnvironment } from '../../../domain/organizations/update-environment.ts'
import { countPeople } from '../../../domain/people/count-people.ts'
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
  { method: 'PUT', path: '/organizations/{org}/environments/{env}', run: changeEnvironment },
  { method: 'DELETE', path: '/organizations/{org}/environments/{env}', run: removeEnvironment },
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

async function listMembers(call: Call): Promise<Answer> {
  const search = call.query.get('search') ?? undefined
  const wanted = { organizationId: await organizationAt(call), search }
  const [{ people }, total] = await Promise.all([
    listPeople(call.actor, { ...wanted, slice: sliceOf(call) }),
    countPeople(call.actor, { ...wanted, isExact: true }),
  ])
  const data = people.map((person) => ({
    id: bare(person.id),
    username: person.username,
    ...namesIn(person.fullName),
    email: person.email,
    enabled: person.state !== 'deactivated',
  }))
  return { body: { data, total } }
}

async function listEnvironments(call: Call): Promise<Answer> {
  const data = environmentsOf(await at(call))
  return { body: { data, total: data.length } }
}

async function readEnvironment(call: Call): Promise<Answer> {
  return { body: await environmentIn(call, idIn('environment', call.named.env)) }
}

/** Read first: whoever may not see what was made would not be told that it was. */
async function addEnvironment(call: Call): Promise<Answer> {
  const { id: organizationId } = await at(call)
  const { name } = call.body
  const input = { organizationId, name, kind: kindIn(call.body) ?? 'sandbox' } as CreateEnvironmentInput
  const { environmentId } = await createEnvironment(call.actor, input)
  return { status: 201, body: await environmentIn(call, environmentId) }
}

async function changeEnvironment(call: Call): Promise<Answer> {
  const { id: environmentId, version } = await environmentHeld(call)
  const { name } = call.body
  const kind = kindIn(call.body)
  const wanted = { ...(name === undefined ? {} : { name }), ...(kind === undefined ? {} : { kind }) }
  await updateEnvironment(call.actor, { ...wanted, environmentId, version } as UpdateEnvironmentInput)
  return { body: await environmentIn(call, environmentId) }
}

async function removeEnvironment(call: Call): Promise<Answer> {
  const { id: environmentId } = await environmentHeld(call)
  await endEnvironment(call.actor, { environmentId })
  return {}
}

/** By its type, or by whether it is production alone, as older scripts say it. */
function kindIn({ type, isProduction }: Record<string, unknown>): unknown {
  if (type !== undefined && type !== null) return type
  if (isProduction === undefined || isProduction === null) return undefined
  return isProduction === true ? 'production' : 'sandbox'
}

/** The environment a path names, if it is one of the organization that the path names. */
async function environmentHeld(call: Call) {
  const environmentId = idIn('environment', call.named.env)
  const found = (await at(call)).environments.find(({ id }) => id === environmentId)
  if (!found) throw await getAbsence(call.actor)
  return found
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

import type { AppDetails } from '../../../domain/connected-apps/get-app.ts'
import type { ContextInput } from '../../../domain/connected-apps/schema.ts'
import { setContexts } from '../../../domain/connected-apps/set-contexts.ts'
import { updateApp } from '../../../domain/connected-apps/update-app.ts'
import { appAt } from '../app.ts'
import { withoutOwn } from '../app-input.ts'
import { bare, idIn } from '../ids.ts'
import { AnypointProblem } from '../problem.ts'
import { type Answer, type Call, type Route, sliceOf } from '../route.ts'

const PATHS = [
  '/connectedApplications/{app}/scopes',
  '/organizations/{org}/connectedApplications/{app}/scopes',
]

/** Where sources disagree, both are taken: PUT replaces, PATCH adds, DELETE takes away, in both families of paths. */
export const APP_SCOPE_ROUTES: readonly Route[] = PATHS.flatMap((path): Route[] => [
  { method: 'GET', path, run: read },
  { method: 'PUT', path, run: (call) => write(call, (_, sent) => sent) },
  {
    method: 'PATCH',
    path,
    run: (call) => write(call, (held, sent) => [...held.filter((one) => !isIn(sent, one)), ...sent]),
  },
  {
    method: 'DELETE',
    path,
    run: (call) => write(call, (held, sent) => held.filter((one) => !isIn(sent, one))),
  },
])

/** A scope, and where it is good for: null for one that needs no organization, or of an app that acts for people. */
type Held = {
  scope: string
  organizationId: ContextInput['organizationId'] | null
  environmentId: ContextInput['environmentId'] | null
}

async function read(call: Call): Promise<Answer> {
  const { offset, limit } = sliceOf(call)
  const held = heldBy(await appAt(call))
  const shown = held.slice(offset, offset + limit).map(({ scope, organizationId, environmentId }) => ({
    scope,
    context_params: {
      ...(organizationId && { org: bare(organizationId) }),
      ...(environmentId && { envId: bare(environmentId) }),
    },
  }))
  // One source decodes `data`, another `scopes`.
  return { body: { data: shown, scopes: shown, total: held.length } }
}

function heldBy({ scopes, contexts }: AppDetails): Held[] {
  const placed = contexts.map(({ scope, organization, environment }) => ({
    scope,
    organizationId: organization.id,
    environmentId: environment?.id ?? null,
  }))
  const placeless = scopes.filter((scope) => !placed.some((one) => one.scope === scope))
  return [...placed, ...placeless.map((scope) => ({ scope, organizationId: null, environmentId: null }))]
}

async function write(call: Call, merge: (held: Held[], sent: Held[]) => Held[]): Promise<Answer> {
  const app = await appAt(call)
  const wanted = merge(heldBy(app), sentIn(call.body))
  const { id: appId, version } = app
  const scopes = [...new Set(wanted.map(({ scope }) => scope))]
  if (app.actsAs === 'user') await updateApp(call.actor, { appId, version, scopes })
  else
    await setContexts(call.actor, {
      appId,
      version,
      scopes: withoutOwn(scopes),
      contexts: contextsOf(wanted),
    })
  return {}
}

function contextsOf(held: readonly Held[]): ContextInput[] {
  return held.flatMap(({ scope, organizationId, environmentId }) =>
    organizationId ? [{ scope, organizationId, ...(environmentId ? { environmentId } : {}) }] : [],
  )
}

function isIn(list: readonly Held[], { scope, organizationId, environmentId }: Held): boolean {
  return list.some(
    (one) =>
      one.scope === scope && one.organizationId === organizationId && one.environmentId === environmentId,
  )
}

function sentIn({ scopes }: Record<string, unknown>): Held[] {
  if (!Array.isArray(scopes)) throw new AnypointProblem(400, 'Send the scopes as {"scopes": […]}.')
  return scopes.map((one: unknown): Held => {
    const { scope, context_params: params } =
      typeof one === 'string' ? { scope: one, context_params: {} } : objectOf(one)
    if (typeof scope !== 'string') throw new AnypointProblem(400, 'A scope is named by its scope.')
    const { org, envId } = objectOf(params ?? {})
    return {
      scope,
      organizationId: idOrNull('organization', org, 'context_params.org is no organization’s ID.'),
      environmentId: idOrNull('environment', envId, 'context_params.envId is no environment’s ID.'),
    }
  })
}

function idOrNull<K extends 'organization' | 'environment'>(kind: K, given: unknown, sentence: string) {
  if (given === undefined || given === null || given === '') return null
  const id = idIn(kind, given)
  if (!id) throw new AnypointProblem(400, sentence)
  return id
}

function objectOf(given: unknown): Record<string, unknown> {
  if (typeof given === 'object' && given !== null && !Array.isArray(given))
    return given as Record<string, unknown>
  throw new AnypointProblem(400, 'A scope is an object with scope and context_params.')
}

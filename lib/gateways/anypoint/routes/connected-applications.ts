import type { Id } from '../../../base/ids.ts'
import { Refusal } from '../../../base/refusal.ts'
import { type ClientRecord, findClientRecords } from '../../../domain/connected-apps/client-records.ts'
import { countOwnedApps } from '../../../domain/connected-apps/count-owned-apps.ts'
import { createApp } from '../../../domain/connected-apps/create-app.ts'
import { deleteApp } from '../../../domain/connected-apps/delete-app.ts'
import { disableApp } from '../../../domain/connected-apps/disable-app.ts'
import { enableApp } from '../../../domain/connected-apps/enable-app.ts'
import { findKeysOfApps } from '../../../domain/connected-apps/find-keys-of-apps.ts'
import { findLiveSecret } from '../../../domain/connected-apps/find-live-secret.ts'
import { type AppDetails, getApp } from '../../../domain/connected-apps/get-app.ts'
import { listOwnedApps } from '../../../domain/connected-apps/list-owned-apps.ts'
import { rotateSecret } from '../../../domain/connected-apps/rotate-secret.ts'
import type { CreateAppInput, UpdateAppInput } from '../../../domain/connected-apps/schema.ts'
import { updateApp } from '../../../domain/connected-apps/update-app.ts'
import { type AppFacts, appAt, appInTheirShape, factsOf } from '../app.ts'
import { actsForItself, coreOf, withoutOwn } from '../app-input.ts'
import { idIn } from '../ids.ts'
import { organizationAt, organizationMeant } from '../place.ts'
import { AnypointProblem } from '../problem.ts'
import { keysIn, pemsOf, setKeys } from '../public-keys.ts'
import { type Answer, type Call, isYes, type Route, sliceOf } from '../route.ts'

const read = async (call: Call): Promise<Answer> => ({ body: await shown(await appAt(call)) })

export const CONNECTED_APPLICATION_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/connectedApplications', run: (call) => list(call, organizationMeant) },
  {
    method: 'GET',
    path: '/organizations/{org}/connectedApplications',
    run: (call) => list(call, organizationAt),
  },
  { method: 'POST', path: '/connectedApplications', run: (call) => create(call, organizationMeant) },
  {
    method: 'POST',
    path: '/organizations/{org}/connectedApplications',
    run: (call) => create(call, organizationAt),
  },
  { method: 'GET', path: '/connectedApplications/{app}', run: read },
  { method: 'GET', path: '/organizations/{org}/connectedApplications/{app}', run: read },
  { method: 'PATCH', path: '/connectedApplications/{app}', run: change },
  { method: 'PATCH', path: '/organizations/{org}/connectedApplications/{app}', run: change },
  { method: 'DELETE', path: '/connectedApplications/{app}', run: remove },
  { method: 'DELETE', path: '/organizations/{org}/connectedApplications/{app}', run: remove },
]

type Place = (call: Call) => Promise<Id<'organization'>>

async function list(call: Call, place: Place): Promise<Answer> {
  const search = call.query.get('search') ?? undefined
  const wanted = { organizationId: await place(call), search }
  const [{ apps }, { total }] = await Promise.all([
    listOwnedApps(call.actor, { ...wanted, sort: 'name', slice: sliceOf(call) }),
    countOwnedApps(call.actor, { ...wanted, isExact: true }),
  ])
  const records = await findClientRecords(apps.map(({ clientId }) => clientId))
  const keys = await findKeysOfApps(apps.map(({ id }) => id))
  const data = apps.flatMap(({ id, clientId }) => {
    const record = records.get(clientId)
    return record ? [appInTheirShape(factsOfRecord(record), pemsOf(keys.get(id)))] : []
  })
  return { body: { data, total } }
}

async function create(call: Call, place: Place): Promise<Answer> {
  const keys = keysIn(call.body)
  const { grantTypes = [], scopes = [], ...core } = coreOf(call.body)
  const isForItself = actsForItself(grantTypes)
  const input = {
    ...core,
    organizationId: await place(call),
    actsAs: isForItself ? 'itself' : 'user',
    ...(isForItself ? {} : { grantTypes }),
    scopes: isForItself ? withoutOwn(scopes) : scopes,
  } as CreateAppInput
  const { appId, clientId, secret } = await createApp(call.actor, input)
  if (keys?.length) await setKeys(call.actor, appId, keys)
  // Whoever made it is told what it is, whether or not they may read apps here: its secret is not told again.
  const [record, held] = await Promise.all([findClientRecords([clientId]), findKeysOfApps([appId])])
  const made = record.get(clientId)
  if (!made) throw new Refusal('conflict', 'The app was deleted a moment after it was made.')
  return { status: 201, body: appInTheirShape(factsOfRecord(made), pemsOf(held.get(appId)), secret) }
}

function factsOfRecord(record: ClientRecord): AppFacts {
  return { ...record, isEnabled: record.state !== 'disabled' }
}

/**
 * Settings and owner are saved together, then the app is enabled or disabled, then it gets its keys and its secret:
 * whatever is refused, what came before it stands.
 */
async function change(call: Call): Promise<Answer> {
  const app = await appAt(call)
  const keys = keysIn(call.body)
  refuseOtherClientId(call, app)
  await save(call, app)
  await setEnabled(call, app)
  await setKeys(call.actor, app.id, keys)
  const secret = await newSecret(call, app)
  return { body: await shown(await getApp(call.actor, app.id), secret) }
}

async function save(call: Call, app: AppDetails): Promise<void> {
  const { grantTypes, scopes, ...core } = coreOf(call.body)
  const isForItself = app.actsAs === 'itself'
  if (grantTypes && actsForItself(grantTypes) !== isForItself) {
    throw new AnypointProblem(
      400,
      'An app that acts for itself stays one, and one that acts for people, too.',
    )
  }
  const ownScopes = scopes && isForItself ? sameAsBefore(withoutOwn(scopes), app) : scopes
  const owner = ownerIn(call.body.owner_user_id)
  const input = {
    ...core,
    ...(grantTypes && !isForItself ? { grantTypes } : {}),
    ...(ownScopes ? { scopes: ownScopes } : {}),
    ...(owner ? { ownerId: owner } : {}),
  }
  if (Object.keys(input).length === 0) return
  await updateApp(call.actor, { ...input, appId: app.id, version: app.version } as UpdateAppInput)
}

/** Scopes of an app acting for itself have places: they are set at `…/scopes`, and come along here unchanged. */
function sameAsBefore(scopes: readonly string[], app: AppDetails): undefined {
  const held = new Set(withoutOwn(app.scopes))
  if (scopes.length === 0 || (scopes.length === held.size && scopes.every((scope) => held.has(scope)))) {
    return undefined
  }
  throw new AnypointProblem(
    400,
    'Scopes of an app that acts for itself are set at …/scopes, with their places.',
  )
}

async function setEnabled({ actor, body }: Call, app: AppDetails): Promise<void> {
  if (body.enabled === undefined) return
  if (typeof body.enabled !== 'boolean') throw new AnypointProblem(400, 'enabled is true or false.')
  if (body.enabled) await enableApp(actor, { appId: app.id })
  else await disableApp(actor, { appId: app.id })
}

/** A new secret ends the others at once, as scripts expect it. One that is live already is no new one. */
async function newSecret(call: Call, app: AppDetails): Promise<string | null> {
  const { client_secret: value } = call.body
  if (isYes(call, 'resetSecret')) {
    return (await rotateSecret(call.actor, { appId: app.id, overlapHours: 0 })).secret
  }
  if (value === undefined || value === null || value === '') return null
  if (typeof value !== 'string') throw new AnypointProblem(400, 'client_secret is a text.')
  if (await findLiveSecret(app.id, value)) return null
  return (await rotateSecret(call.actor, { appId: app.id, value, overlapHours: 0 })).secret
}

async function remove(call: Call): Promise<Answer> {
  const { id: appId, name } = await appAt(call)
  await deleteApp(call.actor, { appId, name })
  return {}
}

async function shown(app: AppDetails, secret: string | null = null) {
  const keys = await findKeysOfApps([app.id])
  return appInTheirShape(factsOf(app), pemsOf(keys.get(app.id)), secret)
}

function ownerIn(given: unknown): Id<'user'> | null {
  if (given === undefined || given === null) return null
  const owner = idIn('user', given)
  if (owner) return owner
  throw new AnypointProblem(400, 'owner_user_id is no person’s ID.')
}

function refuseOtherClientId({ body }: Call, app: AppDetails): void {
  const given = body.client_id
  if (given === undefined || given === null || given === app.clientId) return
  throw new AnypointProblem(400, 'The ID of an app never changes.')
}

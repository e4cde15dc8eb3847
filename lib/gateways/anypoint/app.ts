import type { Id } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'
import { findClientRecords } from '../../domain/connected-apps/client-records.ts'
import { type AppDetails, getApp } from '../../domain/connected-apps/get-app.ts'
import { getAbsence } from '../../domain/permissions/get-absence.ts'
import { bare, idIn } from './ids.ts'
import type { Call } from './route.ts'

/** What Anypoint calls an app's ID is the client ID; ours are taken too. */
const CLIENT_ID = /^[0-9a-f]{32}$/

/** The app a path names, if the caller sees it, and if it resides where the path says. */
export async function appAt(call: Call): Promise<AppDetails> {
  const { app: given = '', org } = call.named
  const appId = CLIENT_ID.test(given) ? await idOfClient(given) : idIn('app', given)
  if (!appId) throw await getAbsence(call.actor)
  const app = await getApp(call.actor, appId)
  if (org === undefined) return app
  const organizationId = idIn('organization', org)
  if (organizationId === app.residence.id || organizationId === app.rootOrganizationId) return app
  throw new Refusal('not-found', 'There is no such app here.')
}

async function idOfClient(clientId: string): Promise<Id<'app'> | undefined> {
  return (await findClientRecords([clientId])).get(clientId)?.appId
}

/** What an app's answer is made of. */
export type AppFacts = {
  clientId: string
  name: string
  website: string | null
  grantTypes: readonly string[]
  redirectUris: readonly string[]
  scopes: readonly string[]
  audience: 'internal' | 'everyone'
  organizationId: Id<'organization'>
  ownerId: Id<'user'>
  isEnabled: boolean
}

export function factsOf(app: AppDetails): AppFacts {
  return {
    ...app,
    organizationId: app.residence.id,
    ownerId: app.owner.id,
    isEnabled: app.disabledAt === null,
  }
}

/** An app as scripts read it. `secret` is there when it was just made; nobody can read it later. */
export function appInTheirShape(app: AppFacts, publicKeys: readonly string[], secret: string | null = null) {
  return {
    client_id: app.clientId,
    client_name: app.name,
    client_secret: secret,
    client_uri: app.website,
    org_id: bare(app.organizationId),
    owner_org_id: bare(app.organizationId),
    owner_user_id: bare(app.ownerId),
    grant_types: app.grantTypes,
    redirect_uris: app.redirectUris,
    scopes: app.scopes,
    public_keys: publicKeys,
    audience: app.audience,
    enabled: app.isEnabled,
    policy_uri: null,
    tos_uri: null,
    cert_expiry: null,
  }
}

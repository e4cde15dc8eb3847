import { addEntry } from '#lib/domain/allowlist/add-entry'
import { freezeApp } from '#lib/domain/installations/freeze-app'
import { as, asThrough } from '#test/actors'
import { type Caller, isThemselves } from './callers.ts'
import {
  ACCOUNT,
  ANYONE,
  API,
  APP,
  AUTHORIZATION,
  all,
  any,
  BRANCH,
  FOLLOW_CHANGES,
  GROUP,
  INVITATION,
  LIST_APPS,
  LIST_PEOPLE,
  lists,
  type Need,
  needs,
  needsInBranch,
  only,
  PEOPLE_GROUP,
  peopleOnly,
  REQUEST,
  ROOT,
  SETTINGS,
} from './needs.ts'
import { declined, requested, under } from './verbs/allowlist.ts'
import { anApi, aScope } from './verbs/apis.ts'
import { anEvent } from './verbs/audit.ts'
import { removed } from './verbs/authorizations.ts'
import { begun, finished } from './verbs/bulk-rotations.ts'
import {
  aPicture,
  aPublicKey,
  disabled,
  keyOf,
  MOVE_TO_FIELD,
  marked,
  secretOf,
} from './verbs/connected-apps.ts'
import { DELETE_FIELD, environmentOf, MOVE_SALES } from './verbs/organizations.ts'
import { aGroup, invited } from './verbs/people.ts'
import type { World } from './world.ts'

/** What the braces of a path stand for, and what is sent. */
type Sent = {
  organization?: string
  app?: string
  secret?: string
  authorization?: string
  request?: string
  rotation?: string
  removal?: string
  key?: string
  user?: string
  invitation?: string
  group?: string
  api?: string
  event?: string
  family?: string
  environment?: string
  query?: Record<string, string>
  body?: Record<string, unknown>
}

export type RouteRow = {
  /** Makes what is sent, and what has to be there first; all of it is undone after the request. */
  sent: (world: World) => Sent | Promise<Sent>
  needs: Need
}

const inNorth = (w: World) => ({ organization: w.north.id })
const inSales = (w: World) => ({ organization: w.sales.id })
const theApp = (w: World) => ({ app: w.app.id })
const theMemberInNorth = (w: World) => ({ ...inNorth(w), user: w.people.member.id })
const theAppInNorth = (w: World) => ({ ...inNorth(w), ...theApp(w) })

/** Disabling asks for an app of one's own, or for all of an organization: whoever may list apps here has the one or the other. */
const ANY_OWN_APP: Need = { asks: needsInBranch('connected-apps.disable').asks, judge: () => 'done' }

/** Who began a bulk rotation through an app takes its secrets along through that app, or by themselves. */
const isBeginner = (caller: Caller) =>
  caller.kind !== 'app' && caller.person === 'developer who owns the apps'
const BEGINNER = all(only(isBeginner, 'absent'), needs('connected-apps.rotate-many', GROUP))
const throughTheHelper = (w: World) =>
  asThrough(w.people['developer who owns the apps'], w.helper, [
    'connected-apps:read',
    'connected-apps:secrets',
  ])

/** Every route by method and path: what is sent to it in this world, and what that needs. */
export const ROUTE_ROWS: Record<string, RouteRow> = {
  'GET /me': { sent: () => ({}), needs: ANYONE },
  'GET /organizations': { sent: () => ({}), needs: ANYONE },
  'GET /organizations/{organization}': { sent: inSales, needs: needs('organizations.view', GROUP) },
  'PATCH /organizations/{organization}': {
    sent: (w) => ({ ...inSales(w), body: { version: 1, name: 'Renamed' } }),
    needs: needs('organizations.update', GROUP),
  },
  'DELETE /organizations/{organization}': {
    sent: (w) => ({ organization: w.places.field.id, query: { name: w.places.field.name } }),
    needs: DELETE_FIELD,
  },
  'GET /organizations/{organization}/deletion': {
    sent: (w) => ({ organization: w.places.field.id }),
    needs: DELETE_FIELD,
  },
  'GET /organizations/{organization}/business-groups': {
    sent: inSales,
    needs: needs('organizations.list-business-groups', BRANCH),
  },
  'POST /organizations/{organization}/business-groups': {
    sent: (w) => ({ ...inSales(w), body: { name: 'Brand new' } }),
    needs: needs('organizations.create-business-group', GROUP),
  },
  'GET /organizations/{organization}/parent': {
    sent: (w) => ({ ...inSales(w), query: { parentId: w.places.support.id } }),
    needs: MOVE_SALES,
  },
  'PUT /organizations/{organization}/parent': {
    sent: (w) => ({ ...inSales(w), body: { version: 1, parentId: w.places.support.id } }),
    needs: MOVE_SALES,
  },
  'POST /organizations/{organization}/environments': {
    sent: (w) => ({ ...inSales(w), body: { name: 'Brand new', kind: 'design' } }),
    needs: needs('organizations.create-environment', GROUP),
  },
  'GET /environments/{environment}': {
    sent: async (w) => ({ environment: await environmentOf(w) }),
    needs: needs('organizations.view', GROUP),
  },
  'PATCH /environments/{environment}': {
    sent: async (w) => ({ environment: await environmentOf(w), body: { version: 1, name: 'Renamed' } }),
    needs: needs('organizations.change-environment', GROUP),
  },
  'DELETE /environments/{environment}': {
    sent: async (w) => ({ environment: await environmentOf(w) }),
    needs: needs('organizations.change-environment', GROUP),
  },
  'GET /organizations/{organization}/settings': {
    sent: inSales,
    needs: needs('organizations.update', SETTINGS),
  },
  'GET /organizations/{organization}/scopes': { sent: inSales, needs: needs('connected-apps.list', GROUP) },
  'GET /organizations/{organization}/changes': { sent: inSales, needs: FOLLOW_CHANGES },
  'GET /organizations/{organization}/events': { sent: inNorth, needs: needs('audit.view', ROOT) },
  'GET /organizations/{organization}/events/{event}': {
    sent: async (w) => ({ ...inNorth(w), event: await anEvent(w) }),
    needs: needs('audit.view', ROOT),
  },
  'POST /organizations/{organization}/event-exports': {
    sent: (w) => ({ ...inNorth(w), body: { format: 'jsonl' } }),
    needs: needs('audit.view', ROOT),
  },
  'GET /organizations/{organization}/event-people': { sent: inNorth, needs: needs('audit.view', ROOT) },
  'GET /organizations/{organization}/event-apps': { sent: inNorth, needs: needs('audit.view', ROOT) },

  'GET /organizations/{organization}/connected-apps': {
    sent: inSales,
    needs: LIST_APPS,
  },
  'POST /organizations/{organization}/connected-apps': {
    sent: (w) => ({
      ...inSales(w),
      body: { name: 'Brand new', actsAs: 'user', redirectUris: ['https://new.example.com/cb'] },
    }),
    needs: needs('connected-apps.create', GROUP),
  },
  'GET /organizations/{organization}/app-owners': { sent: inSales, needs: LIST_APPS },
  'GET /organizations/{organization}/possible-owners': {
    sent: inSales,
    needs: needs('connected-apps.change-owner', GROUP),
  },
  // Of many apps, each is left out that one may not see: what becomes of each is shown by the verbs.
  'PUT /organizations/{organization}/connected-apps/disabled': {
    sent: (w) => ({ ...inSales(w), body: { appIds: [w.app.id] } }),
    needs: all(LIST_APPS, ANY_OWN_APP),
  },
  'PUT /organizations/{organization}/connected-apps/enabled': {
    sent: (w) => ({ ...inSales(w), body: { appIds: [w.app.id] } }),
    needs: all(LIST_APPS, ANY_OWN_APP),
  },
  'PUT /organizations/{organization}/connected-apps/owner': {
    sent: (w) => ({ ...inSales(w), body: { appIds: [w.app.id], ownerId: w.colleague.id } }),
    needs: all(LIST_APPS, needsInBranch('connected-apps.change-owner')),
  },
  'GET /connected-apps/{app}': { sent: theApp, needs: needs('connected-apps.view', APP) },
  'PATCH /connected-apps/{app}': {
    sent: (w) => ({ ...theApp(w), body: { version: 1, name: 'Renamed' } }),
    needs: needs('connected-apps.update', APP),
  },
  'DELETE /connected-apps/{app}': {
    sent: (w) => ({ ...theApp(w), query: { name: w.app.name } }),
    needs: needs('connected-apps.delete', APP),
  },
  'PUT /connected-apps/{app}/owner': {
    sent: (w) => ({ ...theApp(w), body: { version: 1, ownerId: w.colleague.id } }),
    needs: all(needs('connected-apps.update', APP), needs('connected-apps.change-owner', APP)),
  },
  'GET /connected-apps/{app}/residence': {
    sent: (w) => ({ ...theApp(w), query: { organizationId: w.places.field.id } }),
    needs: MOVE_TO_FIELD,
  },
  'PUT /connected-apps/{app}/residence': {
    sent: (w) => ({ ...theApp(w), body: { version: 1, organizationId: w.places.field.id } }),
    needs: MOVE_TO_FIELD,
  },
  'GET /connected-apps/{app}/contexts': { sent: theApp, needs: needs('connected-apps.view', APP) },
  'PUT /connected-apps/{app}/contexts': {
    sent: (w) => ({ app: w.machine.id, body: { version: 1, scopes: [], contexts: [] } }),
    needs: needs('connected-apps.update', APP),
  },
  'PUT /connected-apps/{app}/logo': {
    sent: async (w) => ({ ...theApp(w), body: { picture: (await aPicture()).toString('base64') } }),
    needs: needs('connected-apps.update', APP),
  },
  'DELETE /connected-apps/{app}/logo': { sent: theApp, needs: needs('connected-apps.update', APP) },
  'PUT /connected-apps/{app}/revoked': { sent: theApp, needs: needs('connected-apps.disable', APP) },
  'PUT /connected-apps/{app}/disabled': { sent: theApp, needs: needs('connected-apps.disable', APP) },
  'DELETE /connected-apps/{app}/disabled': {
    sent: async (w) => {
      await disabled(w)
      return theApp(w)
    },
    needs: needs('connected-apps.disable', APP),
  },
  'PUT /connected-apps/{app}/introspection': {
    sent: theApp,
    needs: needs('connected-apps.let-introspect', APP),
  },
  'DELETE /connected-apps/{app}/introspection': {
    sent: theApp,
    needs: needs('connected-apps.let-introspect', APP),
  },
  'GET /connected-apps/{app}/possible-owners': {
    sent: theApp,
    needs: needs('connected-apps.change-owner', APP),
  },
  'GET /connected-apps/{app}/secrets': { sent: theApp, needs: needs('connected-apps.view', APP) },
  'POST /connected-apps/{app}/secrets': {
    sent: (w) => ({ ...theApp(w), body: { overlapHours: 24 } }),
    needs: needs('connected-apps.rotate-secret', APP),
  },
  'PATCH /connected-apps/{app}/secrets/{secret}': {
    sent: async (w) => ({ ...theApp(w), secret: await secretOf(w), body: { name: 'Renamed' } }),
    needs: needs('connected-apps.rotate-secret', APP),
  },
  'DELETE /connected-apps/{app}/secrets/{secret}': {
    sent: async (w) => ({ ...theApp(w), secret: await secretOf(w) }),
    needs: needs('connected-apps.rotate-secret', APP),
  },

  'DELETE /connected-apps/{app}/rotation-mark': {
    sent: async (w) => ({ app: (await marked(w)).appId }),
    needs: needs('connected-apps.rotate-secret', APP),
  },
  'GET /connected-apps/{app}/keys': { sent: theApp, needs: needs('connected-apps.view', APP) },
  'POST /connected-apps/{app}/keys': {
    sent: (w) => ({ ...theApp(w), body: { keys: aPublicKey() } }),
    needs: needs('connected-apps.change-keys', APP),
  },
  'DELETE /connected-apps/{app}/keys/{key}': {
    sent: async (w) => ({ ...theApp(w), key: await keyOf(w) }),
    needs: needs('connected-apps.change-keys', APP),
  },
  'GET /connected-apps/{app}/published-keys': { sent: theApp, needs: needs('connected-apps.view', APP) },
  'PUT /connected-apps/{app}/jwks-uri': {
    sent: (w) => ({ ...theApp(w), body: { jwksUri: 'https://keys.example.com/jwks.json' } }),
    needs: needs('connected-apps.change-keys', APP),
  },

  'GET /organizations/{organization}/apis': { sent: inSales, needs: needs('apis.view', GROUP) },
  'POST /organizations/{organization}/apis': {
    sent: (w) => ({
      ...inNorth(w),
      body: { name: 'Parcels', audience: 'https://parcels.example.com', scopePrefix: 'parcels' },
    }),
    needs: needs('apis.create', ROOT),
  },
  'GET /apis/{api}': { sent: theApi, needs: needs('apis.view', ROOT) },
  'PATCH /apis/{api}': {
    sent: async (w) => ({ ...(await theApi(w)), body: { version: 1, name: 'Parcels and more' } }),
    needs: needs('apis.update', API),
  },
  'DELETE /apis/{api}': {
    sent: async (w) => ({ ...(await theApi(w)), query: { name: 'Parcels' } }),
    needs: needs('apis.end', API),
  },
  'GET /apis/{api}/end-effect': { sent: theApi, needs: needs('apis.end', API) },
  'POST /apis/{api}/scopes': {
    sent: async (w) => ({
      ...(await theApi(w)),
      body: { name: 'parcels:read', title: 'Read parcels', description: 'Where they are.', risk: 'low' },
    }),
    needs: needs('apis.create', API),
  },
  'PATCH /apis/{api}/scopes': {
    sent: async (w) => {
      const { apiId, name } = await aScope(w)
      return { api: apiId, body: { name, version: 1, title: 'See parcels' } }
    },
    needs: needs('apis.update', API),
  },
  'DELETE /apis/{api}/scopes': {
    sent: async (w) => {
      const { apiId, name } = await aScope(w)
      return { api: apiId, query: { name } }
    },
    needs: needs('apis.end', API),
  },

  'GET /organizations/{organization}/members': { sent: inSales, needs: LIST_PEOPLE },
  'POST /organizations/{organization}/members': {
    sent: (w) => ({ ...inSales(w), body: { userId: w.newcomer.id, role: 'developer' } }),
    needs: needs('organizations.add-member', GROUP),
  },
  'GET /organizations/{organization}/members/{user}': { sent: theColleague, needs: LIST_PEOPLE },
  'PATCH /organizations/{organization}/members/{user}': {
    sent: (w) => ({ ...theColleague(w), body: { role: 'administrator' } }),
    needs: needs('organizations.change-role', GROUP),
  },
  'DELETE /organizations/{organization}/members/{user}': {
    sent: theColleague,
    needs: needs('organizations.remove-member', GROUP),
  },
  'GET /organizations/{organization}/members/{user}/removal': {
    sent: theColleague,
    needs: needs('organizations.remove-member', GROUP),
  },
  'GET /organizations/{organization}/members/{user}/role-change': {
    sent: (w) => ({ ...theColleague(w), query: { role: 'member' } }),
    needs: needs('organizations.change-role', GROUP),
  },
  'PUT /users/{user}/deactivated': { sent: theNewcomer, needs: needs('users.deactivate', ACCOUNT) },
  'DELETE /users/{user}/deactivated': { sent: theNewcomer, needs: needs('users.deactivate', ACCOUNT) },
  'DELETE /users/{user}/sessions': { sent: theNewcomer, needs: needs('users.end-sessions', ACCOUNT) },
  'POST /users/{user}/password-links': {
    sent: theNewcomer,
    needs: needs('users.send-password-reset', ACCOUNT),
  },
  'GET /users/{user}/deletion': { sent: theNewcomer, needs: needs('users.delete', ACCOUNT) },
  'DELETE /users/{user}': {
    sent: (w) => ({ ...theNewcomer(w), query: { confirmation: w.newcomer.username } }),
    needs: needs('users.delete', ACCOUNT),
  },
  'PUT /organizations/{organization}/owner': {
    sent: (w) => ({
      ...inNorth(w),
      body: { newOwnerId: w.people['root administrator'].id, confirmation: w.north.name },
    }),
    needs: needs('organizations.transfer-ownership', ROOT),
  },

  'GET /organizations/{organization}/invitations': {
    sent: inNorth,
    needs: needs('invitations.list', ROOT),
  },
  'POST /organizations/{organization}/invitations': {
    sent: (w) => ({ ...inNorth(w), body: { emails: ['somebody.new@example.com'], role: 'member' } }),
    needs: needs('invitations.send', ROOT),
  },
  'POST /invitations/{invitation}/mails': {
    sent: theInvitation,
    needs: needs('invitations.send', INVITATION),
  },
  'DELETE /invitations/{invitation}': {
    sent: theInvitation,
    needs: needs('invitations.send', INVITATION),
  },

  'GET /organizations/{organization}/groups': { sent: inNorth, needs: needs('groups.view', ROOT) },
  'POST /organizations/{organization}/groups': {
    sent: (w) => ({ ...inNorth(w), body: { name: 'Night shift' } }),
    needs: needs('groups.change', ROOT),
  },
  'GET /groups/{group}': { sent: theGroup, needs: needs('groups.view', PEOPLE_GROUP) },
  'PATCH /groups/{group}': {
    sent: async (w) => ({ ...(await theGroup(w)), body: { version: 1, name: 'Day shift' } }),
    needs: needs('groups.change', PEOPLE_GROUP),
  },
  'DELETE /groups/{group}': { sent: theGroup, needs: needs('groups.change', PEOPLE_GROUP) },
  'GET /groups/{group}/people': { sent: theGroup, needs: needs('groups.view', PEOPLE_GROUP) },
  'PUT /groups/{group}/people/{user}': {
    sent: async (w) => ({ ...(await theGroup(w)), ...theNewcomer(w) }),
    needs: needs('groups.change', PEOPLE_GROUP),
  },
  'DELETE /groups/{group}/people/{user}': {
    sent: async (w) => ({ ...(await theGroup(w)), ...theNewcomer(w) }),
    needs: needs('groups.change', PEOPLE_GROUP),
  },

  'GET /organizations/{organization}/rotation-due': {
    sent: inSales,
    needs: needs('connected-apps.rotate-many', GROUP),
  },
  'GET /organizations/{organization}/bulk-rotations': {
    sent: inSales,
    needs: needs('connected-apps.rotate-many', GROUP),
  },
  'GET /organizations/{organization}/bulk-rotations/preview': {
    sent: (w) => ({ ...inSales(w), query: { which: 'all' } }),
    needs: needs('connected-apps.rotate-many', GROUP),
  },
  'PUT /organizations/{organization}/bulk-rotations/preview': {
    sent: (w) => ({ ...inSales(w), body: { which: 'matching', matching: { search: w.app.name } } }),
    needs: needs('connected-apps.rotate-many', GROUP),
  },
  'POST /organizations/{organization}/bulk-rotations': {
    sent: (w) => ({ ...inSales(w), body: { which: 'all', overlapHours: 24 } }),
    needs: lists(
      needs('connected-apps.rotate-many', GROUP),
      all(needs('connected-apps.view', APP), needs('connected-apps.rotate-secret', APP)),
      'conflict',
    ),
  },
  'GET /bulk-rotations/{rotation}': {
    sent: async (w) => ({ rotation: await begun(w, throughTheHelper(w)) }),
    needs: BEGINNER,
  },
  'POST /bulk-rotations/{rotation}/handover': {
    sent: async (w) => ({ rotation: await finished(w, throughTheHelper(w)) }),
    needs: BEGINNER,
  },

  'GET /organizations/{organization}/authorized-apps': {
    sent: inNorth,
    needs: needs('authorizations.list', ROOT),
  },
  'GET /organizations/{organization}/authorized-apps/{app}': {
    sent: theAppInNorth,
    needs: needs('authorizations.list', ROOT),
  },
  'GET /organizations/{organization}/authorized-apps/{app}/people': {
    sent: theAppInNorth,
    needs: needs('authorizations.list', ROOT),
  },
  'GET /organizations/{organization}/authorized-apps/{app}/removal': {
    sent: theAppInNorth,
    needs: needs('authorizations.remove', ROOT),
  },
  'GET /organizations/{organization}/authorizing-people': {
    sent: inNorth,
    needs: needs('authorizations.list', ROOT),
  },
  'GET /organizations/{organization}/authorizing-people/{user}/authorizations': {
    sent: theMemberInNorth,
    needs: needs('authorizations.list', ROOT),
  },
  'GET /organizations/{organization}/authorizing-people/{user}/removal': {
    sent: theMemberInNorth,
    needs: needs('authorizations.remove', ROOT),
  },
  'DELETE /organizations/{organization}/authorizing-people/{user}/authorizations': {
    sent: theMemberInNorth,
    needs: needs('authorizations.remove', ROOT),
  },
  'GET /organizations/{organization}/authorized-apps/{app}/people/removal': {
    sent: (w) => ({ ...theAppInNorth(w), query: { authorizations: w.authorizationId } }),
    needs: needs('authorizations.remove', ROOT),
  },
  'POST /organizations/{organization}/authorized-apps/{app}/people/removal': {
    sent: (w) => ({ ...theAppInNorth(w), body: { authorizationIds: [w.authorizationId] } }),
    needs: needs('authorizations.remove', ROOT),
  },
  'GET /organizations/{organization}/stop-preview': {
    sent: (w) => ({ ...inNorth(w), query: { apps: w.app.id } }),
    needs: needs('authorizations.remove', ROOT),
  },
  'POST /organizations/{organization}/removals': {
    sent: (w) => ({ ...inNorth(w), body: { selection: { appIds: [w.app.id] } } }),
    needs: needs('authorizations.remove', ROOT),
  },
  'PUT /organizations/{organization}/freezes': {
    sent: (w) => ({ ...inNorth(w), body: { selection: { appIds: [w.app.id] } } }),
    needs: needs('installations.freeze', ROOT),
  },
  'DELETE /organizations/{organization}/freezes': {
    sent: async (w) => {
      await freezeApp(as(w.people['root owner']), { rootOrganizationId: w.north.id, appId: w.app.id })
      return { ...inNorth(w), query: { apps: w.app.id } }
    },
    needs: needs('installations.freeze', ROOT),
  },
  'GET /organizations/{organization}/removals': {
    sent: (w) => ({ ...inNorth(w), query: { app: w.app.id } }),
    needs: needs('authorizations.list', ROOT),
  },
  'GET /organizations/{organization}/removals/{removal}': {
    sent: async (w) => ({ ...inNorth(w), removal: await removed(w) }),
    needs: needs('authorizations.list', ROOT),
  },
  'DELETE /organizations/{organization}/authorized-apps/{app}': {
    sent: theAppInNorth,
    needs: needs('authorizations.remove', ROOT),
  },
  'PUT /organizations/{organization}/authorized-apps/{app}/frozen': {
    sent: theAppInNorth,
    needs: needs('installations.freeze', ROOT),
  },
  'DELETE /organizations/{organization}/authorized-apps/{app}/frozen': {
    sent: theAppInNorth,
    needs: needs('installations.freeze', ROOT),
  },
  'GET /organizations/{organization}/authorized-apps/{app}/networks': {
    sent: theAppInNorth,
    needs: needs('authorizations.list', ROOT),
  },
  'PUT /organizations/{organization}/authorized-apps/{app}/networks': {
    sent: (w) => ({
      ...theAppInNorth(w),
      body: { version: 0, mode: 'enforce', networks: ['203.0.113.0/24'] },
    }),
    needs: needs('installations.limit-networks', ROOT),
  },
  'PUT /organizations/{organization}/authorized-apps/{app}/blocked': {
    sent: theAppInNorth,
    needs: needs('installations.block', ROOT),
  },
  'DELETE /organizations/{organization}/authorized-apps/{app}/blocked': {
    sent: theAppInNorth,
    needs: needs('installations.block', ROOT),
  },
  'GET /organizations/{organization}/blocked-apps': {
    sent: inNorth,
    needs: needs('authorizations.list', ROOT),
  },
  'GET /organizations/{organization}/authorizations/{authorization}/token-families': {
    sent: (w) => ({ ...inNorth(w), authorization: w.authorizationId }),
    needs: needs('authorizations.list', ROOT),
  },
  'DELETE /authorizations/{authorization}/token-families/{family}': {
    sent: (w) => ({ authorization: w.authorizationId, family: w.familyId }),
    needs: any(
      only((caller) => isThemselves(caller, 'member'), 'not-found'),
      needs('authorizations.remove', AUTHORIZATION),
    ),
  },
  'GET /my-authorizations': { sent: () => ({}), needs: peopleOnly(ANYONE) },
  'DELETE /authorizations/{authorization}': {
    sent: (w) => ({ authorization: w.authorizationId }),
    needs: any(
      only((caller) => isThemselves(caller, 'member'), 'not-found'),
      needs('authorizations.remove', AUTHORIZATION),
    ),
  },

  'GET /organizations/{organization}/policy': { sent: inNorth, needs: needs('allowlist.view', ROOT) },
  'GET /organizations/{organization}/policy/preview': {
    sent: (w) => ({ ...inNorth(w), query: { mode: 'closed' } }),
    needs: needs('allowlist.view', ROOT),
  },
  'PUT /organizations/{organization}/policy/mode': {
    sent: (w) => ({ ...inNorth(w), body: { mode: 'restricted' } }),
    needs: needs('allowlist.change-policy', ROOT),
  },
  'PUT /organizations/{organization}/policy/internal-auto-approval': {
    sent: async (w) => {
      await under('restricted', w)
      return { ...inNorth(w), body: { isOn: false } }
    },
    needs: needs('allowlist.change-policy', ROOT),
  },
  'GET /organizations/{organization}/allowlist-entries': {
    sent: inNorth,
    needs: needs('allowlist.view', ROOT),
  },
  'POST /organizations/{organization}/allowlist-entries': {
    sent: (w) => ({ ...inNorth(w), body: { clientId: w.foreignApp.clientId } }),
    needs: needs('allowlist.change-entries', ROOT),
  },
  'GET /organizations/{organization}/allowlist-entries/{app}': {
    sent: theListedApp,
    needs: needs('allowlist.view', ROOT),
  },
  'PATCH /organizations/{organization}/allowlist-entries/{app}': {
    sent: async (w) => ({ ...(await theListedApp(w)), body: { remove: ['openid'] } }),
    needs: needs('allowlist.change-entries', ROOT),
  },
  'PUT /organizations/{organization}/allowlist-entries/{app}/limits': {
    sent: async (w) => ({ ...(await theListedApp(w)), body: { version: 1, endsAt: null, groupId: null } }),
    needs: needs('allowlist.change-entries', ROOT),
  },
  'DELETE /organizations/{organization}/allowlist-entries/{app}': {
    sent: theListedApp,
    needs: needs('allowlist.change-entries', ROOT),
  },
  'GET /organizations/{organization}/allowlist-entries/{app}/history': {
    sent: theListedApp,
    needs: needs('allowlist.view', ROOT),
  },
  'GET /organizations/{organization}/allowlist-entries/{app}/use': {
    sent: theListedApp,
    needs: needs('allowlist.view', ROOT),
  },
  'GET /organizations/{organization}/what-if': {
    sent: (w) => ({
      ...inNorth(w),
      query: { userId: w.people['root owner'].id, clientId: w.foreignApp.clientId },
    }),
    needs: needs('allowlist.view', ROOT),
  },
  'GET /organizations/{organization}/listable-apps': {
    sent: inNorth,
    needs: needs('allowlist.change-entries', ROOT),
  },
  'GET /organizations/{organization}/request-rules': {
    sent: (w) => ({ organization: w.north.id }),
    needs: needs('allowlist.view', ROOT),
  },
  'PATCH /organizations/{organization}/request-rules': {
    sent: (w) => ({ organization: w.north.id, body: { grantsApprovedOnly: true } }),
    needs: needs('allowlist.change-policy', ROOT),
  },
  'GET /organizations/{organization}/request-reviewers': {
    sent: inNorth,
    needs: needs('allowlist.view', ROOT),
  },
  'GET /organizations/{organization}/possible-reviewers': {
    sent: inNorth,
    needs: needs('allowlist.name-reviewers', ROOT),
  },
  'PUT /organizations/{organization}/request-reviewers/{user}': {
    sent: (w) => ({ organization: w.north.id, user: w.people['group administrator'].id }),
    needs: needs('allowlist.name-reviewers', ROOT),
  },
  'DELETE /organizations/{organization}/request-reviewers/{user}': {
    sent: (w) => ({ organization: w.north.id, user: w.people.reviewer.id }),
    needs: needs('allowlist.name-reviewers', ROOT),
  },
  'GET /organizations/{organization}/approval-requests': {
    sent: inNorth,
    needs: needs('allowlist.review', ROOT),
  },
  'GET /approval-requests/{request}': {
    sent: async (w) => ({ request: await requested(w) }),
    needs: needs('allowlist.approve', REQUEST),
  },
  'PUT /approval-requests/{request}/approval': {
    sent: async (w) => ({ request: await requested(w), body: {} }),
    needs: needs('allowlist.approve', REQUEST),
  },
  'PUT /approval-requests/{request}/refusal': {
    sent: async (w) => ({ request: await requested(w), body: {} }),
    needs: needs('allowlist.approve', REQUEST),
  },
  'DELETE /approval-requests/{request}/refusal': {
    sent: async (w) => ({ request: await declined(w) }),
    needs: needs('allowlist.approve', REQUEST),
  },
}

async function theListedApp(w: World) {
  await addEntry(as(w.people['root owner']), { rootOrganizationId: w.north.id, clientId: w.app.clientId })
  return theAppInNorth(w)
}

function theColleague(w: World) {
  return { ...inSales(w), user: w.colleague.id }
}

function theNewcomer(w: World) {
  return { user: w.newcomer.id }
}

async function theApi(w: World) {
  return { api: await anApi(w) }
}

async function theInvitation(w: World) {
  return { invitation: (await invited(w)).invitationId }
}

async function theGroup(w: World) {
  return { group: await aGroup(w) }
}

import { uuidOf } from '#lib/base/ids'
import { ANYONE, APP, all, GROUP, LIST_APPS, LIST_PEOPLE, type Need, needs } from './needs.ts'
import { environmentOf } from './verbs/organizations.ts'
import type { World } from './world.ts'

type Sent = {
  /** What the braces of the path stand for. */
  org?: string
  app?: string
  env?: string
  query?: Record<string, string>
  body?: Record<string, unknown>
}

export type AnypointRow = {
  sent: (world: World) => Sent | Promise<Sent>
  needs: Need
}

const org = (w: World) => ({ org: uuidOf(w.sales.id) })
const theApp = (w: World) => ({ ...org(w), app: w.app.clientId })
const orgId = (w: World) => ({ query: { orgId: uuidOf(w.sales.id) } })
const NEW_APP = {
  client_name: 'Brand new',
  grant_types: ['authorization_code'],
  redirect_uris: ['https://new.example.com/cb'],
  scopes: ['openid'],
}

const VIEW = needs('connected-apps.view', APP)
const CREATE = needs('connected-apps.create', GROUP)
const CHANGE = all(VIEW, needs('connected-apps.update', APP))
const DELETE = all(VIEW, needs('connected-apps.delete', APP))
const SEE_PLACE = needs('organizations.view', GROUP)
const CHANGE_ENVIRONMENT = all(SEE_PLACE, needs('organizations.change-environment', GROUP))
const rename = (w: World) => ({ ...theApp(w), body: { client_name: 'Renamed' } })
const scopes = (w: World) => ({ ...theApp(w), body: { scopes: [{ scope: 'openid' }] } })
const theEnvironment = async (w: World) => ({ ...org(w), env: uuidOf(await environmentOf(w)) })

/** Every address of the shape of Anypoint: what is sent in this world, and what that needs. Each app by both families of paths. */
export const ANYPOINT_ROWS: Record<string, AnypointRow> = {
  'GET /users/me': { sent: () => ({}), needs: ANYONE },
  'GET /organizations/{org}': { sent: org, needs: SEE_PLACE },
  'GET /organizations/{org}/members': { sent: org, needs: LIST_PEOPLE },
  'GET /organizations/{org}/environments': { sent: org, needs: SEE_PLACE },
  'POST /organizations/{org}/environments': {
    sent: (w) => ({ ...org(w), body: { name: 'Brand new', type: 'design' } }),
    needs: all(SEE_PLACE, needs('organizations.create-environment', GROUP)),
  },
  'GET /organizations/{org}/environments/{env}': { sent: theEnvironment, needs: SEE_PLACE },
  'PUT /organizations/{org}/environments/{env}': {
    sent: async (w) => ({ ...(await theEnvironment(w)), body: { name: 'Renamed' } }),
    needs: CHANGE_ENVIRONMENT,
  },
  'DELETE /organizations/{org}/environments/{env}': { sent: theEnvironment, needs: CHANGE_ENVIRONMENT },
  'GET /connectedApplications': { sent: orgId, needs: LIST_APPS },
  'GET /organizations/{org}/connectedApplications': { sent: org, needs: LIST_APPS },
  'POST /connectedApplications': { sent: (w) => ({ ...orgId(w), body: NEW_APP }), needs: CREATE },
  'POST /organizations/{org}/connectedApplications': {
    sent: (w) => ({ ...org(w), body: NEW_APP }),
    needs: CREATE,
  },
  ...ofBothFamilies('GET', '', theApp, VIEW),
  ...ofBothFamilies('PATCH', '', rename, CHANGE),
  ...ofBothFamilies('DELETE', '', theApp, DELETE),
  ...ofBothFamilies('GET', '/scopes', theApp, VIEW),
  ...ofBothFamilies('PUT', '/scopes', scopes, CHANGE),
  ...ofBothFamilies('PATCH', '/scopes', scopes, CHANGE),
  ...ofBothFamilies('DELETE', '/scopes', scopes, CHANGE),
}

function ofBothFamilies(method: string, below: string, sent: AnypointRow['sent'], need: Need) {
  const row = { sent, needs: need }
  return {
    [`${method} /connectedApplications/{app}${below}`]: row,
    [`${method} /organizations/{org}/connectedApplications/{app}${below}`]: row,
  }
}

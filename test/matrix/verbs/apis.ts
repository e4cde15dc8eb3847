import { createApi } from '#lib/domain/connected-apps/create-api'
import { createScope } from '#lib/domain/connected-apps/create-scope'
import { endApi } from '#lib/domain/connected-apps/end-api'
import { endScope } from '#lib/domain/connected-apps/end-scope'
import { getApi } from '#lib/domain/connected-apps/get-api'
import { listApis } from '#lib/domain/connected-apps/list-apis'
import { listServers } from '#lib/domain/connected-apps/list-servers'
import { previewEnd } from '#lib/domain/connected-apps/preview-end'
import { updateApi } from '#lib/domain/connected-apps/update-api'
import { updateScope } from '#lib/domain/connected-apps/update-scope'
import { as } from '#test/actors'
import { API, GROUP, needs, ROOT } from '../needs.ts'
import { row } from '../row.ts'
import type { World } from '../world.ts'

const WORDS = { title: 'Read parcels', description: 'See where parcels are.', risk: 'low' as const }
const NEW_API = { name: 'Parcels', audience: 'https://parcels.example.com', scopePrefix: 'parcels' }

export const APIS = [
  row(listApis, (w) => w.sales.id, needs('apis.view', GROUP)),
  row(getApi, (w) => anApi(w), needs('apis.view', ROOT)),
  row(listServers, (w) => w.north.id, needs('apis.create', ROOT)),
  row(createApi, (w) => ({ ...NEW_API, organizationId: w.north.id }), needs('apis.create', ROOT)),
  row(
    createScope,
    async (w) => ({ apiId: await anApi(w), name: 'parcels:read', ...WORDS }),
    needs('apis.create', API),
  ),
  row(
    updateApi,
    async (w) => ({ apiId: await anApi(w), version: 1, name: 'Parcels and more' }),
    needs('apis.update', API),
  ),
  row(
    updateScope,
    async (w) => ({ ...(await aScope(w)), version: 1, title: 'See parcels' }),
    needs('apis.update', API),
  ),
  row(previewEnd, async (w) => ({ apiId: await anApi(w) }), needs('apis.end', API)),
  row(endScope, (w) => aScope(w), needs('apis.end', API)),
  row(endApi, async (w) => ({ apiId: await anApi(w), name: NEW_API.name }), needs('apis.end', API)),
]

/** An API of the root organization. */
export async function anApi(w: World) {
  const api = { ...NEW_API, organizationId: w.north.id }
  return (await createApi(as(w.people['root owner']), api)).apiId
}

/** A scope of it. */
export async function aScope(w: World) {
  const apiId = await anApi(w)
  const { name } = await createScope(as(w.people['root owner']), { apiId, name: 'parcels:read', ...WORDS })
  return { apiId, name }
}

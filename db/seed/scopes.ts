import { eq } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { apis, scopes } from '#db/schema/connected-apps'
import type { App } from './apps.ts'
import { type Clock, idAt } from './moments.ts'
import type { Organization } from './organizations.ts'
import { readTable, wordsOf } from './read-table.ts'
import { type Named, named } from './world.ts'

const APIS = readTable(
  ['key', 'organization', 'name', 'audience', 'resourceServer'],
  `
  orders    | northwind | Orders API    | https://api.northwind.example/orders    | northwind-api-gateway
  customers | northwind | Customers API | https://api.northwind.example/customers | northwind-api-gateway
  finance   | northwind | Finance API   | https://api.northwind.example/finance   | northwind-api-gateway
  shipping  | northwind | Shipping API  | https://api.northwind.example/shipping  | northwind-api-gateway
  stock     | northwind | Stock API     | https://api.northwind.example/stock     | northwind-api-gateway
  support   | northwind | Support API   | https://api.northwind.example/support   | northwind-api-gateway
  files     | northwind | Files API     | https://api.northwind.example/files     | northwind-api-gateway
  calendar  | northwind | Calendar API  | https://api.northwind.example/calendar  |
  telemetry | kestrel   | Telemetry API | https://api.kestrel.example/telemetry   | kestrel-ingest
`,
)

/** `needs` says what an app acting for itself must name: organizations, or organizations with an environment. */
const SCOPES = readTable(
  ['name', 'api', 'risk', 'needs', 'title', 'description'],
  `
  orders:read      | orders    | low    |             | Read orders and their line items         | Numbers, articles and prices. No changes.
  orders:write     | orders    | high   |             | Create and change orders                 | Places and cancels orders within your limits.
  customers:read   | customers | medium |             | Read customer names and contacts         | Only of the customers you can see yourself.
  customers:write  | customers | high   |             | Change customer records                  | Names, addresses, contacts and credit limits.
  invoices:read    | finance   | medium |             | Read invoices                            | Amounts, due dates and payment status.
  invoices:write   | finance   | high   |             | Create and change invoices               | Drafts and sends invoices in your name.
  payments:approve | finance   | high   | environment | Approve payments                         | Releases payment runs up to the approved amount.
  shipments:read   | shipping  | low    |             | Read shipment status                     | Where parcels are and when they arrive.
  shipments:write  | shipping  | high   |             | Create shipments and print labels        | Books parcels that the organization pays for.
  stock:read       | stock     | low    |             | Read stock levels                        | Counts and storage places.
  stock:write      | stock     | medium | organization| Correct stock levels                     | Books goods in and out of the chosen warehouses.
  tickets:read     | support   | low    |             | Read support requests                    | Subjects, messages and their state.
  tickets:write    | support   | medium |             | Answer support requests                  | Replies and closes requests in your name.
  files:read       | files     | medium |             | Read files                               | Every file that is shared with you.
  files:write      | files     | high   |             | Read, change and delete files            | Also files that others shared with you.
  calendar:read    | calendar  | low    |             | Read your calendar                       | Times, places and who is invited.
  calendar:write   | calendar  | medium |             | Add and move meetings                    | Sends invitations in your name.
  telemetry:read   | telemetry | low    |             | Read device telemetry                    | Measurements of the last 90 days.
  telemetry:write  | telemetry | medium | organization| Send device telemetry                    | Adds measurements of the chosen organizations’ devices.
`,
)

/** The business APIs of the demo, and what apps may ask of each. */
export async function insertScopes(
  tx: Transaction,
  organizations: Named<Organization>,
  clock: Clock,
): Promise<void> {
  const apiIds = new Map(APIS.map(({ key }) => [key, idAt('api', clock.ago('530d'))]))
  await tx.insert(apis).values(
    APIS.map(({ key, organization, name, audience }) => ({
      id: named(apiIds, key),
      rootOrganizationId: named(organizations, organization).id,
      name,
      audience,
    })),
  )
  await tx.insert(scopes).values(
    SCOPES.map(({ name, api, risk, needs, title, description }) => ({
      name,
      apiId: named(apiIds, api),
      title,
      description,
      risk: risk as 'low' | 'medium' | 'high',
      needsOrganization: wordsOf(needs).length > 0,
      needsEnvironment: needs === 'environment',
    })),
  )
}

/** Names the apps that answer for the APIs, once there are apps. */
export async function appointResourceServers(tx: Transaction, cast: Named<App>): Promise<void> {
  for (const { audience, resourceServer } of APIS) {
    if (resourceServer) {
      const { id } = named(cast, resourceServer)
      await tx.update(apis).set({ resourceServerAppId: id }).where(eq(apis.audience, audience))
    }
  }
}

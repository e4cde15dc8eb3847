import { eq } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { apis, scopes } from '#db/schema/connected-apps'
import type { Id } from '#lib/base/ids'
import type { App } from './apps.ts'
import { type Clock, idAt } from './moments.ts'
import { marksOf, readTable, wordsOf } from './read-table.ts'
import { type Named, named, type World } from './world.ts'

/**
 * `by` is who defined it, that long ago. Marks: everyone (apps of other organizations may ask for its scopes) ·
 * jwt=<seconds> · ended=<when>
 */
const APIS = readTable(
  [
    'key',
    'organization',
    'name',
    'prefix',
    'audience',
    'resourceServer',
    'by',
    'since',
    'marks',
    'description',
  ],
  `
  orders    | northwind | Orders API    | orders    | https://api.northwind.example/orders    | northwind-api-gateway | aisha  | 530d | everyone | Orders, their lines and their state, for sales and for suppliers.
  customers | northwind | Customers API | customers | https://api.northwind.example/customers | northwind-api-gateway | aisha  | 529d | everyone | Customer records and contacts.
  invoices  | northwind | Invoices API  | invoices  | https://api.northwind.example/invoices  | northwind-api-gateway | aisha  | 528d | everyone | Invoices, from draft to paid.
  payments  | northwind | Payments API  | payments  | https://api.northwind.example/payments  | northwind-api-gateway | aisha  | 420d |          | Payment runs of each environment.
  shipping  | northwind | Shipping API  | shipments | https://api.northwind.example/shipping  | northwind-api-gateway | aisha  | 527d | everyone | Parcels, labels and where they are.
  stock     | northwind | Stock API     | stock     | https://api.northwind.example/stock     | northwind-api-gateway | aisha  | 515d | jwt=300  | Counts and storage places. Warehouse scanners call it many times a minute.
  support   | northwind | Support API   | tickets   | https://api.northwind.example/support   | northwind-api-gateway | aisha  | 512d | everyone | Requests of customers and their answers.
  files     | northwind | Files API     | files     | https://api.northwind.example/files     | northwind-api-gateway | aisha  | 510d | everyone | The shared drive.
  calendar  | northwind | Calendar API  | calendar  | https://api.northwind.example/calendar  |                       | aisha  | 505d | everyone |
  fax       | northwind | Fax API       | fax       | https://api.northwind.example/fax       |                       | aisha  | 500d | ended=96d | Faxes in and out.
  telemetry | kestrel   | Telemetry API | telemetry | https://api.kestrel.example/telemetry   | kestrel-ingest        | marcus | 480d | jwt=120  | What devices measure.
`,
)

/** `needs` says what an app acting for itself must name: organizations, or organizations with an environment. The last one ended. */
const SCOPES = readTable(
  ['name', 'api', 'risk', 'needs', 'title', 'description'],
  `
  orders:read      | orders    | low    |             | Read orders and their line items         | Numbers, articles and prices. No changes.
  orders:write     | orders    | high   |             | Create and change orders                 | Places and cancels orders within your limits.
  customers:read   | customers | medium |             | Read customer names and contacts         | Only of the customers you can see yourself.
  customers:write  | customers | high   |             | Change customer records                  | Names, addresses, contacts and credit limits.
  invoices:read    | invoices  | medium |             | Read invoices                            | Amounts, due dates and payment status.
  invoices:write   | invoices  | high   |             | Create and change invoices               | Drafts and sends invoices in your name.
  payments:approve | payments  | high   | environment | Approve payments                         | Releases payment runs up to the approved amount.
  shipments:read   | shipping  | low    |             | Read shipment status                     | Where parcels are and when they arrive.
  shipments:track  | shipping  | low    |             | Follow parcels by number                 | Replaced by shipments:read.
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
  fax:send         | fax       | medium |             | Send faxes                               | To any number.
  telemetry:write  | telemetry | medium | organization| Send device telemetry                    | Adds measurements of the chosen organizations’ devices.
`,
)

/** Scopes that ended alone: when, and who ended them. */
const ENDED = readTable(
  ['name', 'ended', 'by'],
  `
  shipments:track | 45d | aisha
`,
)

/** The business APIs of the demo, and what apps may ask of each. */
export async function insertScopes(tx: Transaction, { organizations, people, clock }: World): Promise<void> {
  await tx.insert(apis).values(
    APIS.map(({ key, organization, name, prefix, audience, by, since, marks, description }) => {
      const { id: author } = named(people, by)
      const given = marksOf(marks)
      const ended = given.get('ended')
      const seconds = given.get('jwt')
      return {
        id: named(apiIds(clock), key),
        rootOrganizationId: named(organizations, organization).id,
        ...{ name, audience, description, scopePrefix: prefix },
        openTo: given.has('everyone') ? ('everyone' as const) : ('internal' as const),
        ...(seconds ? { tokenFormat: 'jwt' as const, jwtLifetimeSeconds: Number(seconds) } : {}),
        ...{ createdAt: clock.ago(since), updatedAt: clock.ago(since), createdBy: author, updatedBy: author },
        ...(ended ? { endedAt: clock.ago(ended), endedBy: author } : {}),
      }
    }),
  )
  await tx.insert(scopes).values(
    SCOPES.map(({ name, api, risk, needs, title, description }) => {
      const { by, since, marks } = named(apisByKey(), api)
      const { id: author } = named(people, by)
      const at = clock.ago(since)
      const ended = ENDED.find((one) => one.name === name)?.ended ?? marksOf(marks).get('ended')
      return {
        ...{ name, title, description, risk: risk as 'low' | 'medium' | 'high' },
        apiId: named(apiIds(clock), api),
        needsOrganization: wordsOf(needs).length > 0,
        needsEnvironment: needs === 'environment',
        ...{ createdAt: at, updatedAt: at, createdBy: author, updatedBy: author },
        ...(ended ? { endedAt: clock.ago(ended), endedBy: author } : {}),
      }
    }),
  )
}

/** What happened to the APIs and scopes themselves. */
export function tellOfScopes({ organizations, people, chronicle, clock }: World): void {
  for (const { key, organization, name, by, since, audience, prefix, marks } of APIS) {
    const where = named(organizations, organization)
    const subject = { id: named(apiIds(clock), key), name }
    const told = { by: named(people, by), where }
    const made = SCOPES.filter((scope) => scope.api === key)
    chronicle.tell({
      ...told,
      at: clock.ago(since),
      name: 'api.created',
      subject,
      details: { audience, scopePrefix: prefix },
    })
    for (const { name: scope, title, risk } of made) {
      const details = { apiId: subject.id, api: name, title, risk }
      chronicle.tell({
        ...told,
        at: clock.ago(since),
        name: 'scope.created',
        subject: { id: scope, name: scope },
        details,
      })
    }
    for (const { name: scope, ended } of ENDED.filter((one) =>
      made.some((other) => other.name === one.name),
    )) {
      const details = { apiId: subject.id, api: name }
      chronicle.tell({
        ...told,
        at: clock.ago(ended),
        name: 'scope.ended',
        subject: { id: scope, name: scope },
        details,
      })
    }
    const ended = marksOf(marks).get('ended')
    const details = { audience, scopes: made.map((scope) => scope.name) }
    if (ended) chronicle.tell({ ...told, at: clock.ago(ended), name: 'api.ended', subject, details })
  }
}

const apisByKey = () => new Map(APIS.map((api) => [api.key, api]))

/** An id for each API, the same throughout one seeding. */
const ids = new WeakMap<Clock, Map<string, Id<'api'>>>()
function apiIds(clock: Clock): Map<string, Id<'api'>> {
  const known = ids.get(clock) ?? new Map(APIS.map(({ key, since }) => [key, idAt('api', clock.ago(since))]))
  ids.set(clock, known)
  return known
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

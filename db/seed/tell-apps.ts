import type { EventName } from '#lib/domain/audit/events'
import type { App } from './apps.ts'
import type { Person } from './people.ts'
import { readTable } from './read-table.ts'
import { named, type World } from './world.ts'

/** Changes somebody saved, beyond those that the tables of apps and secrets tell. */
const CHANGES = readTable(
  ['app', 'when', 'by', 'event', 'what', 'before', 'after'],
  `
  order-desk        | 318d | daniel | updated        | website      | https://orders.northwind.example | https://order-desk.northwind.example
  order-desk        | 203d | priya  | scopes-changed | scopes       | orders:read orders:write   | orders:read orders:write customers:read
  warehouse-scanner | 260d | hana   | scopes-changed | scopes       | stock:read shipments:read  | stock:read stock:write shipments:read
  care-console      | 112d | amara  | updated        | redirectUris | https://care.northwind.example/back | https://care-console.northwind.example/signed-in
  supplier-portal   | 365d | lucas  | updated        | audience     | internal                   | everyone
  intranet-search   | 301d | lucas  | updated        | requiresPkce | true                       | false
  payment-run       | 90d  | ines   | disabled       |              |                            |
  payment-run       | 89d  | ines   | enabled        |              |                            |
  sheetbridge       | 95d  | dana   | scopes-changed | scopes       | customers:read invoices:write orders:read | customers:read files:write invoices:write orders:read
  parcelwise        | 8d   | stefan | scopes-changed | scopes       | orders:read shipments:read | customers:read orders:read shipments:read shipments:write
  mapflow-routes    | 5d   | tara   | scopes-changed | scopes       | orders:read shipments:read | customers:read orders:read shipments:read
  mapflow-routes    | 2d   | tara   | updated        | name         | Mapflow                    | Mapflow Routes
  kestrel-build-bot | 44d  | noah   | updated        | description  |                            | Builds and signs releases.
`,
)

/** What happened to each app itself: made, changed, handed over, disabled, deleted. */
export function tellOfApps(world: World): void {
  for (const app of world.apps.values()) tellOf(app, world)
  for (const { app, when, by, event, what, before, after } of CHANGES) {
    const name = `connected-app.${event}` as EventName
    const changed = what && { [what]: { before: settingOf(what, before), after: settingOf(what, after) } }
    tell(
      world,
      named(world.apps, app),
      world.clock.ago(when),
      named(world.people, by),
      name,
      changed ? { changed } : {},
    )
  }
}

function settingOf(what: string, cell: string): unknown {
  if (what === 'scopes' || what === 'redirectUris') return cell.split(' ')
  return what === 'requiresPkce' ? cell === 'true' : cell
}

function tellOf(app: App, world: World): void {
  const { owner, formerOwner, ownerSince, clientId, actsAs, clientType } = app
  const maker = formerOwner ?? owner
  const made = { clientId, actsAs, clientType, ownerName: maker.fullName }
  tell(world, app, app.since, app.marks.has('dynamic') ? undefined : maker, 'connected-app.created', made)
  if (formerOwner && ownerSince) {
    const trigger = formerOwner.leftAt ? 'account-ended' : 'edited'
    const details = { previousOwner: formerOwner.fullName, newOwner: owner.fullName, trigger }
    tell(world, app, ownerSince, owner, 'connected-app.owner-changed', details)
  }
  if (app.disabledAt) tell(world, app, app.disabledAt, owner, 'connected-app.disabled')
  if (app.endedAt) tell(world, app, app.endedAt, owner, 'connected-app.deleted')
}

function tell(
  { chronicle }: World,
  app: App,
  at: Date,
  by: Person | undefined,
  name: EventName,
  details: Record<string, unknown> = {},
): void {
  chronicle.tell({ at, name, by, where: app.organization, app, subject: app, details })
}

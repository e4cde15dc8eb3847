import type { App } from './apps.ts'
import { readTable } from './read-table.ts'
import { named, type World } from './world.ts'

/** Settings that somebody saved, beyond what the tables of apps and secrets tell; each made a new version of its app. */
const SAVES = readTable(
  ['app', 'when', 'by', 'what', 'before', 'after'],
  `
  order-desk        | 318d | daniel | website      | https://orders.northwind.example    | https://order-desk.northwind.example
  order-desk        | 203d | priya  | scopes       | email offline_access openid orders:read orders:write profile | customers:read email offline_access openid orders:read orders:write profile
  warehouse-scanner | 260d | hana   | scopes       | offline_access openid profile shipments:read stock:read | offline_access openid profile shipments:read stock:read stock:write
  care-console      | 112d | amara  | redirectUris | https://care.northwind.example/back | https://care-console.northwind.example/signed-in
  care-console      | 33d  | amara  | requiresPkce | false                               | true
  supplier-portal   | 365d | lucas  | audience     | internal                            | everyone
  intranet-search   | 301d | lucas  | requiresPkce | true                                | false
  sheetbridge       | 95d  | dana   | scopes       | customers:read email invoices:write offline_access openid orders:read profile | customers:read email files:write invoices:write offline_access openid orders:read profile
  parcelwise        | 8d   | stefan | scopes       | offline_access openid orders:read profile shipments:read | customers:read offline_access openid orders:read profile shipments:read shipments:write
  mapflow-routes    | 5d   | tara   | scopes       | offline_access openid orders:read profile shipments:read | customers:read offline_access openid orders:read profile shipments:read
  mapflow-routes    | 2d   | tara   | redirectUris | https://www.mapflow.example/oauth/callback | https://mapflow-routes.kestrel.example/oauth/callback
  mapflow-routes    | 2d   | tara   | name         | Mapflow                             | Mapflow Routes
`,
)

/** Times an app was off for a while. */
const PAUSES = readTable(
  ['app', 'from', 'until', 'by'],
  `
  payment-run     | 90d  | 89d  | ines
  kestrel-insights| 250d | 248d | marcus
`,
)

const LISTS = ['scopes', 'redirectUris']

/** The app's version: one more with every save. */
export function versionOf({ key, ownerSince }: Pick<App, 'key' | 'ownerSince'>): number {
  return 1 + SAVES.filter(({ app }) => app === key).length + (ownerSince ? 1 : 0)
}

/** When the app was last saved, and by whom, if ever. */
export function lastSaveOf(key: string): { when: string; by: string } | undefined {
  return SAVES.findLast(({ app }) => app === key)
}

export function tellOfChanges({ apps, people, clock, chronicle }: World): void {
  const versions = new Map<string, number>()
  for (const { app: key, when, by, what, before, after } of SAVES) {
    const app = named(apps, key)
    const version = (versions.get(key) ?? 1) + 1
    versions.set(key, version)
    const changed = { [what]: { before: settingOf(what, before), after: settingOf(what, after) } }
    chronicle.tell({
      at: clock.ago(when),
      name: what === 'scopes' ? 'connected-app.scopes-changed' : 'connected-app.updated',
      by: named(people, by),
      where: app.organization,
      app,
      subject: app,
      details: { version, changed },
    })
  }
  for (const { app: key, from, until, by: person } of PAUSES) {
    const app = named(apps, key)
    const about = { by: named(people, person), where: app.organization, app, subject: app }
    chronicle.tell({ at: clock.ago(from), name: 'connected-app.disabled', ...about })
    chronicle.tell({ at: clock.ago(until), name: 'connected-app.enabled', ...about })
  }
}

function settingOf(what: string, cell: string): unknown {
  if (LISTS.includes(what)) return cell.split(' ')
  return what === 'requiresPkce' ? cell === 'true' : cell
}

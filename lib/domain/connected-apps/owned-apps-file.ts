import { stringify } from 'csv-stringify/sync'
import type { OwnedApp } from './list-owned-apps.ts'

const HEAD = [
  'Name',
  'Client ID',
  'Type',
  'Runs on',
  'Residence',
  'Owner',
  'Owner username',
  'State',
  'Open to',
  'Origin',
  'Live secrets',
  'Newest secret',
  'First secret ends',
  'Rotation due since',
  'Created',
  'Last used',
]

/** The first line of the file: what stands in which column. */
export function headOfAppsFile(): string {
  return stringify([HEAD])
}

/**
 * Apps as lines of a CSV file (RFC 4180), for spreadsheets: what a spreadsheet would read as a formula gets an apostrophe, since
 * names are typed by whoever may create an app. No secret is in it.
 */
export function linesOfAppsFile(apps: readonly OwnedApp[]): string {
  const rows = apps.map((app) => [
    app.name,
    app.clientId,
    app.actsAs === 'itself' ? 'itself' : 'users',
    app.clientType,
    app.residence.name,
    app.owner.fullName,
    app.owner.username,
    app.state,
    app.audience,
    app.origin,
    app.secrets.live,
    moment(app.secrets.newestAt),
    moment(app.secrets.firstEndsAt),
    moment(app.rotationDueSince),
    moment(app.createdAt),
    moment(app.lastUsedAt),
  ])
  return stringify(rows, { escape_formulas: true })
}

function moment(at: Date | string | null): string {
  return at === null ? '' : new Date(at).toISOString()
}

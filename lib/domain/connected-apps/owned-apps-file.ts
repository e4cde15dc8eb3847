import { csvLines } from '../../base/csv.ts'
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
  return csvLines([HEAD])
}

/** Apps as lines of a CSV file. No secret is in it. */
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
  return csvLines(rows)
}

function moment(at: Date | string | null): string {
  return at === null ? '' : new Date(at).toISOString()
}

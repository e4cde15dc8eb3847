import type { Transaction } from '#db/client'
import { appSecrets } from '#db/schema/connected-apps'
import type { Id } from '#lib/base/ids'
import { keyFor } from '#lib/base/secret-key'
import { hashSecret, newClientSecret } from '#lib/base/secrets'
import type { App } from './apps.ts'
import { idAt, later } from './moments.ts'
import type { Person } from './people.ts'
import { readTable } from './read-table.ts'
import { named, type World } from './world.ts'

/**
 * Apps whose secrets have a story: a hand-over that is finished (safe to delete), five live ones, one never used, one
 * nearly ended, all ended. `ends` is `+6d` (still to come), `-150d` (past) or empty; `ended` is when somebody ended it.
 */
const STORIES = readTable(
  ['app', 'name', 'made', 'by', 'source', 'ends', 'ended', 'used', 'from'],
  `
  ledgerline-sync | Production, {month} | 5d   | priya  | generated |       |     | 2m  | 203.0.113.24
  ledgerline-sync | Production, {month} | 197d | tom    | generated | +6d   |     | 4d  | 203.0.113.24
  ledgerline-sync | Staging runner      | 264d | ines   | chosen    | +101d |     | 5h  | 198.51.100.7
  ledgerline-sync | First one           | 505d | tom    | generated | -196d |     | 199d| 203.0.113.24
  quote-builder   | Registered          | 210d |        | generated | +29d  |     | 2h  | 198.51.100.40
  contract-finder | Production          | 430d | lucas  | generated |       | 213d| 214d| 203.0.113.61
  contract-finder | Production, {month} | 214d | lucas  | generated | -31d  |     | 213d| 203.0.113.61
  invoice-archive | Archive node 1      | 440d | rosa   | generated |       |     | 4m  | 192.0.2.11
  invoice-archive | Archive node 2      | 439d | rosa   | generated |       |     | 6m  | 192.0.2.12
  invoice-archive | Scanner room        | 300d | rosa   | chosen    |       |     | 3h  | 192.0.2.40
  invoice-archive | Audit export        | 120d | ines   | generated | +61d  |     | 19d | 198.51.100.90
  invoice-archive | Disaster recovery   | 30d  | ines   | generated |       |     | -   |
  tax-filing-bridge | Production, {month} | 11d | ines  | generated |       |     | -   |
  tax-filing-bridge | Production, {month} | 333d | ines | generated |       |     | 26h | 203.0.113.88
  ticket-triage   | Production, {month} | 1h   | amara  | generated |       |     | 11m | 192.0.2.77
  ticket-triage   | Production, {month} | 255d | amara  | generated | +23h  |     | 1h  | 192.0.2.77
  legacy-intranet | Production          | 532d | aisha  | generated |       | 120d| 150d| 203.0.113.5
  kestrel-insights| Blue                | 64d  | marcus | generated |       |     | 18m | 198.51.100.130
  kestrel-insights| Green               | 155d | marcus | generated | +1h   |     | 9d  | 198.51.100.130
`,
)

/** Who makes a secret must wait at least this long after making the app. */
const AFTER_CREATION = 30_000

type Row = typeof appSecrets.$inferInsert

/** Gives every app that can keep a secret the secrets of its story. Nobody is ever told their values. */
export async function insertSecrets(tx: Transaction, world: World): Promise<void> {
  const rows = [...world.apps.values()].flatMap((app): Row[] => {
    if (app.secret === '-') return []
    return app.secret === 'own' ? storyOf(app, world) : [onlyOneOf(app, world)]
  })
  await tx.insert(appSecrets).values(rows)
}

/** One more secret of an app, for which somebody is told the value: the plain text. */
export async function insertKnownSecret(tx: Transaction, app: App, name: string): Promise<string> {
  const secret = newClientSecret()
  const made = secretRow(app, { name, createdAt: app.since, by: app.owner, value: secret })
  await tx.insert(appSecrets).values(made)
  return secret
}

function onlyOneOf(app: App, world: World): Row {
  const createdAt = momentAfterCreation(app, world.clock.ago(app.secret))
  const isFirst = createdAt.getTime() - app.since.getTime() <= AFTER_CREATION
  const by = isFirst ? (app.formerOwner ?? app.owner) : app.owner
  const name = isFirst ? 'First secret' : `Production, ${monthOf(createdAt)}`
  if (!isFirst) tellOfRotation(app, by, createdAt, name, world)
  return secretRow(app, {
    name,
    createdAt,
    by,
    lastUsedAt: app.lastUsedAt,
    lastUsedIp: app.lastUsedAt && addressOf(world),
  })
}

function storyOf(app: App, world: World): Row[] {
  return STORIES.filter((row) => row.app === app.key).map((row) => {
    const by = row.by ? named(world.people, row.by) : null
    const createdAt = momentAfterCreation(app, world.clock.ago(row.made))
    const name = row.name.replace('{month}', monthOf(createdAt))
    const expiresAt =
      row.ends && (row.ends.startsWith('+') ? world.clock.ahead : world.clock.ago)(row.ends.slice(1))
    const endedAt = row.ended ? world.clock.ago(row.ended) : null
    if (by && createdAt.getTime() - app.since.getTime() > AFTER_CREATION)
      tellOfRotation(app, by, createdAt, name, world)
    if (endedAt) tellOfEnd(app, endedAt, name, world)
    return {
      ...secretRow(app, {
        name,
        createdAt,
        by,
        lastUsedAt: world.clock.agoOrNever(row.used),
        lastUsedIp: row.from || null,
      }),
      source: row.source as 'generated' | 'chosen',
      expiresAt: expiresAt || null,
      endedAt,
      endedBy: endedAt && app.owner.id,
    }
  })
}

type Given = {
  name: string
  createdAt: Date
  by: Person | null
  value?: string
  lastUsedAt?: Date | null
  lastUsedIp?: string | null
}

function secretRow(
  app: App,
  { name, createdAt, by, value = newClientSecret(), lastUsedAt, lastUsedIp }: Given,
) {
  const id: Id<'secret'> = idAt('secret', createdAt)
  const hash = hashSecret(value, keyFor('secret-hashing'))
  const source = 'generated' as const
  const createdBy = by?.id ?? null
  const lastFour = value.slice(-4)
  return { id, appId: app.id, name, hash, lastFour, source, createdBy, createdAt, lastUsedAt, lastUsedIp }
}

function momentAfterCreation(app: App, moment: Date): Date {
  return new Date(Math.max(moment.getTime(), later(app.since, AFTER_CREATION).getTime()))
}

function monthOf(moment: Date): string {
  return moment.toLocaleString('en', { month: 'long', timeZone: 'UTC' })
}

/** The servers of the demo stand in the ranges that RFC 5737 keeps for examples. */
function addressOf({ chance }: World): string {
  return `${chance.pick(['192.0.2', '198.51.100', '203.0.113'])}.${10 + chance.below(200)}`
}

function tellOfRotation(app: App, by: Person, at: Date, name: string, { chronicle }: World): void {
  const details = { secretName: name }
  chronicle.tell({
    at,
    name: 'connected-app.secret-rotated',
    by,
    where: app.organization,
    app,
    subject: app,
    details,
  })
}

function tellOfEnd(app: App, at: Date, name: string, { chronicle }: World): void {
  const details = { secretName: name }
  chronicle.tell({
    at,
    name: 'connected-app.secret-ended',
    by: app.owner,
    where: app.organization,
    app,
    subject: app,
    details,
  })
}

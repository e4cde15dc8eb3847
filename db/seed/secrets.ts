import type { Transaction } from '#db/client'
import { appSecrets } from '#db/schema/connected-apps'
import { keyFor } from '#lib/base/secret-key'
import { hashSecret, newClientSecret } from '#lib/base/secrets'
import type { App } from './apps.ts'
import { idAt, later } from './moments.ts'
import type { Person } from './people.ts'
import { SECRET_STORIES } from './secret-tables.ts'
import { named, type World } from './world.ts'

type Secret = {
  name: string
  createdAt: Date
  /** Null for one that came with a dynamic registration. */
  by: Person | null
  source?: 'generated' | 'chosen'
  expiresAt?: Date | null
  endedAt?: Date | null
  lastUsedAt?: Date | null
  lastUsedIp?: string | null
}

/** The first secret comes with the app. */
const AFTER_CREATION = 30_000

/** Gives every app that can keep a secret the secrets of its story. Nobody is ever told their values. */
export async function insertSecrets(tx: Transaction, world: World): Promise<void> {
  const rows = [...world.apps.values()].flatMap((app) => {
    const secrets =
      app.secret === '-' ? [] : app.secret === 'own' ? storyOf(app, world) : [onlyOneOf(app, world)]
    return secrets.map((secret) => {
      const row = rowOf(app, secret, newClientSecret())
      tellOf(app, secret, row, world)
      return row
    })
  })
  await tx.insert(appSecrets).values(rows)
}

/** One more secret of an app, for which somebody is told the value: the plain text. */
export async function insertKnownSecret(tx: Transaction, app: App, name: string): Promise<string> {
  const value = newClientSecret()
  await tx.insert(appSecrets).values(rowOf(app, { name, createdAt: app.since, by: app.owner }, value))
  return value
}

function onlyOneOf(app: App, world: World): Secret {
  const createdAt = notBeforeTheApp(app, world.clock.ago(app.secret))
  return {
    name: isFirst(app, createdAt) ? 'First secret' : `Production, ${monthOf(createdAt)}`,
    createdAt,
    by: responsibleAt(app, createdAt),
    lastUsedAt: app.lastUsedAt,
    lastUsedIp: app.lastUsedAt && addressOf(world),
  }
}

function storyOf(app: App, { clock, people }: World): Secret[] {
  return SECRET_STORIES.filter((row) => row.app === app.key).map((row) => {
    const createdAt = notBeforeTheApp(app, clock.ago(row.made))
    return {
      name: row.name.replace('{month}', monthOf(createdAt)),
      createdAt,
      by: row.by ? named(people, row.by) : null,
      source: row.source as 'generated' | 'chosen',
      expiresAt: row.ends ? endOf(row.ends, clock) : null,
      endedAt: row.ended ? clock.ago(row.ended) : null,
      lastUsedAt: clock.agoOrNever(row.used),
      lastUsedIp: row.from || null,
    }
  })
}

function endOf(end: string, clock: World['clock']): Date {
  return end.startsWith('+') ? clock.ahead(end.slice(1)) : clock.ago(end.slice(1))
}

function rowOf(app: App, { by, endedAt, ...secret }: Secret, value: string) {
  return {
    ...secret,
    id: idAt('secret', secret.createdAt),
    appId: app.id,
    hash: hashSecret(value, keyFor('secret-hashing')),
    lastFour: value.slice(-4),
    source: secret.source ?? ('generated' as const),
    createdBy: by?.id,
    endedAt,
    endedBy: endedAt && app.owner.id,
  }
}

function tellOf(app: App, secret: Secret, row: ReturnType<typeof rowOf>, { chronicle }: World): void {
  const { createdAt, by, name: secretName, endedAt } = secret
  const about = { where: app.organization, app, subject: app }
  const { id: secretId, lastFour } = row
  if (by && !isFirst(app, createdAt)) {
    const details = { secretId, overlapHours: 24 }
    chronicle.tell({ at: createdAt, name: 'connected-app.secret-rotated', by, ...about, details })
  }
  if (endedAt) {
    const details = { secretId, secretName, lastFour }
    chronicle.tell({ at: endedAt, name: 'connected-app.secret-ended', by: app.owner, ...about, details })
  }
}

function isFirst(app: App, createdAt: Date): boolean {
  return createdAt <= later(app.since, AFTER_CREATION)
}

function notBeforeTheApp(app: App, moment: Date): Date {
  const first = later(app.since, AFTER_CREATION)
  return moment > first ? moment : first
}

function responsibleAt({ owner, formerOwner, ownerSince }: App, moment: Date): Person {
  return formerOwner && ownerSince && moment < ownerSince ? formerOwner : owner
}

function monthOf(moment: Date): string {
  return moment.toLocaleString('en', { month: 'long', timeZone: 'UTC' })
}

/** The servers of the demo stand in the ranges that RFC 5737 keeps for examples. */
function addressOf({ chance }: World): string {
  return `${chance.pick(['192.0.2', '198.51.100', '203.0.113'])}.${10 + chance.below(200)}`
}

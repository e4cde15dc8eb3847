import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { type Id, uuidOf } from '../lib/base/ids.ts'
import { type Changes, type Follower, listenForChanges } from './changes.ts'
import { refusalForConstraint } from './constraint-messages.ts'
import { preparing } from './preparing.ts'

/** Lists and pages: plans are made anew, because one list reads ten rows and the next a million. */
const CONSOLE_CONNECTIONS_MAX = 10
/** Token checks: few connections and generic plans, so that a check never queues behind a list. */
const TOKEN_CONNECTIONS_MAX = 4

export type Database = PostgresJsDatabase
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0]

type Pool = { sql: postgres.Sql; db: Database }
type Pools = { console?: Pool; tokens?: Pool; changes?: Changes }

/** Native Node and Next's bundle each load this file: the pools are shared between the two. */
const shared = globalThis as typeof globalThis & { gatehousePools?: Pools }

function pools(): Pools {
  shared.gatehousePools ??= {}
  return shared.gatehousePools
}

function databaseUrl(): string {
  const url = process.env.DATABASE_URL
  if (!url)
    throw new Error('DATABASE_URL is not set: the process sets it before anything asks for the database.')
  return url
}

function open(max: number, planCacheMode: string): Pool {
  const sql = postgres(databaseUrl(), {
    max,
    onnotice: () => undefined,
    connection: { application_name: 'gatehouse', plan_cache_mode: planCacheMode, TimeZone: 'UTC' },
  })
  return { sql, db: drizzle(preparing(sql), { casing: 'snake_case' }) }
}

/** The database for pages, lists and verbs. */
export function database(): Database {
  const held = pools()
  held.console ??= open(CONSOLE_CONNECTIONS_MAX, 'force_custom_plan')
  return held.console.db
}

/** The raw connection for issuing and checking tokens, where every statement is prepared once. */
export function tokenSql(): postgres.Sql {
  const held = pools()
  held.tokens ??= open(TOKEN_CONNECTIONS_MAX, 'force_generic_plan')
  return held.tokens.sql
}

/**
 * Runs `work` in one transaction: all of it happens, or none. A constraint that a person ran into becomes a refusal in words. Of
 * two that wait for each other the database ends one, which then begins anew, three times in all: `work` changes nothing but
 * the database.
 */
export async function transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
  for (let begun = 1; ; begun++) {
    try {
      return await database().transaction(work)
    } catch (thrown) {
      if (!isDeadlock(thrown) || begun === BEGUN_MAX) throw refusalForConstraint(thrown)
    }
  }
}

/** Who is ended a third time stands in a circle that somebody has to see. */
const BEGUN_MAX = 3

/** Drizzle wraps what the driver threw. */
function isDeadlock(thrown: unknown): boolean {
  const cause = thrown instanceof Error ? (thrown.cause ?? thrown) : undefined
  return (cause as { code?: unknown } | undefined)?.code === '40P01'
}

/**
 * Does something that no two do at once, in whatever process: where another is at it, nothing happens. The name is held by a
 * connection of its own, so that a process that dies lets it go. Returns whether it was done.
 */
export async function doAlone(name: string, work: () => Promise<void>): Promise<boolean> {
  database()
  const connection = await pools().console?.sql.reserve()
  if (!connection) throw new Error('The database was closed meanwhile.')
  try {
    const [row] = await connection<{ isFree: boolean }[]>`
      select pg_try_advisory_lock(hashtextextended(${name}, 0)) as "isFree"`
    if (!row?.isFree) return false
    try {
      await work()
      return true
    } finally {
      // A connection that is gone has let go already.
      await connection`select pg_advisory_unlock(hashtextextended(${name}, 0))`.catch(() => undefined)
    }
  } finally {
    connection.release()
  }
}

/** Tells a follower what happens in a root organization, in whatever process, until it is stopped by what is returned. */
export function followDatabase(
  rootOrganizationId: Id<'organization'>,
  follower: Follower,
  since: Date | null,
): () => void {
  return changes().follow(uuidOf(rootOrganizationId), follower, since)
}

/** Lets everybody go who follows what happens, because the process stops. */
export function letFollowersGo(): void {
  changes().letGo()
}

function changes(): Changes {
  const held = pools()
  held.changes ??= listenForChanges(databaseUrl())
  return held.changes
}

/** Ends every connection, after letting running statements finish. */
export async function closeDatabase(): Promise<void> {
  const held = pools()
  shared.gatehousePools = {}
  await Promise.all([
    held.console?.sql.end({ timeout: 5 }),
    held.tokens?.sql.end({ timeout: 5 }),
    held.changes?.close(),
  ])
}

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import { Logger, runMigrations } from 'graphile-worker'
import postgres from 'postgres'
import { deployment } from '#db/schema/deployment'
import { open, seal } from '#lib/base/encryption'
import { Refusal } from '#lib/base/refusal'

export type Purpose = (typeof deployment.$inferSelect)['purpose']

const MIGRATIONS = fileURLToPath(new URL('../db/migrations', import.meta.url))
/** Any number of our own; processes that start together take turns at it. */
const MIGRATION_LOCK = 7_163_001
const CONNECT_SECONDS_MAX = 10
const CHECK = 'gatehouse'

/**
 * Brings the database up to this version, one process at a time, and marks what it is for. Refuses, before changing anything,
 * a database marked for another purpose [P134], one that a newer version has migrated, one made with another secret key,
 * and one that does not answer.
 */
export async function prepareDatabase(url: string, purpose: Purpose): Promise<void> {
  const sql = postgres(url, { max: 1, connect_timeout: CONNECT_SECONDS_MAX, onnotice: () => undefined })
  try {
    await connect(sql, url)
    await sql`select pg_advisory_lock(${MIGRATION_LOCK})`
    const db = drizzle(sql, { casing: 'snake_case' })
    await refuseForeign(sql, db, purpose)
    await bringUp(db, url, purpose)
    await mark(db, purpose)
  } finally {
    await sql.end({ timeout: 5 })
  }
}

async function connect(sql: postgres.Sql, url: string): Promise<void> {
  try {
    await sql`select 1`
  } catch (error) {
    const { hostname, port, pathname } = new URL(url)
    const { code, message } = error as { code?: string; message?: string }
    const why = code === '28P01' ? 'it refused the password' : message || code || 'no answer'
    const where = `${hostname}:${port || 5432}${pathname}`
    throw new Refusal(
      'unavailable',
      `The database at ${where} cannot be reached: ${why}. Is it running, and is DATABASE_URL right?`,
    )
  }
}

async function refuseForeign(sql: postgres.Sql, db: PostgresJsDatabase, purpose: Purpose): Promise<void> {
  const [there] = await sql<{ marks: boolean; migrations: boolean }[]>`
    select to_regclass('deployment') is not null marks, to_regclass('drizzle.__drizzle_migrations') is not null migrations`
  if (there?.migrations) {
    const [last] = await sql<
      { at: string }[]
    >`select max(created_at)::text at from drizzle.__drizzle_migrations`
    if (Number(last?.at ?? 0) > newestMigration()) {
      throw new Refusal(
        'conflict',
        'A newer version of Gatehouse has already migrated this database: start that version.',
      )
    }
  }
  if (!there?.marks) return
  const [kept] = await db.select().from(deployment)
  if (!kept) return
  if (kept.purpose !== purpose) {
    throw new Refusal(
      'conflict',
      `This database is marked "${kept.purpose}" and cannot be used for "${purpose}": give each its own database.`,
    )
  }
  if (!opens(kept.sealedCheck)) {
    throw new Refusal(
      'conflict',
      'SECRET_KEY is not the one that this database was made with: what is sealed in it could not be opened. Put the right key back, or name it in SECRET_KEY_PREVIOUS to change it.',
    )
  }
}

async function bringUp(db: PostgresJsDatabase, url: string, purpose: Purpose): Promise<void> {
  try {
    await migrate(db, { migrationsFolder: MIGRATIONS })
    // The tables of the job queue, in a schema of their own.
    await runMigrations({ connectionString: url, logger: new Logger(() => () => undefined) })
  } catch (error) {
    const why = (error as { cause?: Error }).cause?.message ?? (error as Error).message
    const advice =
      purpose === 'production'
        ? 'Nothing was changed.'
        : 'Its data is invented: begin anew with `-- --fresh`.'
    throw new Refusal('conflict', `The database could not be brought up to this version: ${why}. ${advice}`)
  }
}

/** Seals the check anew each time: after a change of SECRET_KEY it is under the present one. */
async function mark(db: PostgresJsDatabase, purpose: Purpose): Promise<void> {
  const sealedCheck = seal(CHECK, 'deployment')
  await db
    .insert(deployment)
    .values({ purpose, sealedCheck })
    .onConflictDoUpdate({ target: deployment.onlyRow, set: { sealedCheck } })
}

function opens(sealedCheck: Buffer): boolean {
  try {
    return open(sealedCheck, 'deployment').toString() === CHECK
  } catch {
    return false
  }
}

function newestMigration(): number {
  const journal = JSON.parse(readFileSync(`${MIGRATIONS}/meta/_journal.json`, 'utf8')) as {
    entries: { when: number }[]
  }
  return Math.max(...journal.entries.map((entry) => entry.when))
}

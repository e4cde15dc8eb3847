import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import postgres from 'postgres'
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest'

/** What the driver does when its connection is gone: `patches/postgres+3.4.9.patch` sees to it (ADR 23). */
describe('a database that goes away in the middle', () => {
  let between: Between
  let sql: postgres.Sql

  beforeEach(async () => {
    between = await standBetween(new URL(inject('adminUrl')))
    sql = postgres(between.url, { max: 1, backoff: () => 0, onnotice: () => undefined })
    await sql`select 1`
  })
  afterEach(async () => {
    await sql.end({ timeout: 1 })
    await between.close()
  })

  it('fails the transaction, and nothing else of the process', async () => {
    const failing = sql.begin(async (tx) => {
      await tx`select 1`
      await between.cut()
      await tx`select 2`
    })
    await expect(failing).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' })
    expect(await sql`select 3 as three`).toEqual([{ three: 3 }])
  })

  it('uses the connection again, though something was about to be written when it was lost', async () => {
    let socket: Socket | undefined
    const opening = async () => {
      socket = connect(Number(new URL(between.url).port), '127.0.0.1')
      await once(socket, 'connect')
      return socket
    }
    // The driver's types do not know this option; its documentation does.
    const one = postgres(between.url, { max: 1, backoff: () => 0, socket: opening } as postgres.Options<
      Record<string, never>
    >)
    await one`select 1`
    const written = one`select 2`
    const outcome = written.then(
      () => 'answered',
      () => 'lost',
    )
    // By the next tick the statement waits to be written, by the next turn of the loop it would be.
    await new Promise(process.nextTick)
    socket?.emit('close', false)
    socket?.destroy()
    expect(await outcome).toBe('lost')
    expect(await one`select 3 as three`).toEqual([{ three: 3 }])
    await one.end({ timeout: 1 })
  })

  it('tells whoever comes next nothing of the error that the lost connection ended with', async () => {
    const admin = postgres(inject('adminUrl'), { max: 1 })
    const [own] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`
    const lost = sql`select pg_sleep(60)`.then(
      () => 'answered',
      () => 'lost',
    )
    const isAtIt = () => admin`
      select from pg_stat_activity where pid = ${own?.pid ?? 0} and wait_event = 'PgSleep'`
    await vi.waitUntil(async () => (await isAtIt()).length === 1)
    await admin`select pg_terminate_backend(${own?.pid ?? 0})`
    expect(await lost).toBe('lost')
    expect(await sql`select 3 as three`).toEqual([{ three: 3 }])
    await admin.end()
  })

  it('runs nothing of a lost transaction within the next one', async () => {
    const { promise: othersBegan, resolve: othersBegin } = Promise.withResolvers<void>()
    const { promise: lateWasTried, resolve: lateIsTried } = Promise.withResolvers<void>()
    const losing = sql.begin(async (tx) => {
      await tx`select 1`
      await between.cut()
      await othersBegan
      const late = tx`create temporary table of_the_lost_one ()`
      await late.finally(lateIsTried)
    })
    await expect(losing).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' })
    const made = await sql.begin(async (tx) => {
      await tx`select 1`
      othersBegin()
      await lateWasTried.catch(() => undefined)
      return tx`select to_regclass('pg_temp.of_the_lost_one') as made`
    })
    expect(made).toEqual([{ made: null }])
  })
})

type Between = { url: string; cut(): Promise<void>; close(): Promise<void> }

/** Stands between driver and database, and can end every connection in order, as a restarting database does. */
async function standBetween(database: URL): Promise<Between> {
  const sockets = new Set<Socket>()
  const server: Server = createServer((driver) => {
    const behind = connect(Number(database.port), database.hostname)
    for (const socket of [driver, behind]) socket.on('error', () => undefined)
    driver.pipe(behind)
    behind.pipe(driver)
    sockets.add(driver)
    driver.once('close', () => {
      sockets.delete(driver)
      behind.destroy()
    })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const url = new URL(database)
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('It listens nowhere.')
  url.hostname = '127.0.0.1'
  url.port = String(address.port)
  const end = () => Promise.all([...sockets].map((socket) => once(socket.end(), 'close')))
  return {
    url: url.href,
    async cut() {
      await end()
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}

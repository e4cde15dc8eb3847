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

  it('refuses whoever waits for a connection that is cut while it opens, and rejects nothing unheard', async () => {
    const unheard: unknown[] = []
    const hear = (reason: unknown) => unheard.push(reason)
    process.on('unhandledRejection', hear)
    // The answer to the start-up message takes some 600 bytes, the array types the driver then asks for some 7000.
    for (const bytes of [0, 1, 300, 700, 3000, 7000])
      for (const how of ['end', 'reset'] as const) {
        await between.cut()
        between.cutNext(bytes, how)
        await expect(sql`select 1`, `${how} after ${bytes} bytes`).rejects.toThrow()
        expect(await sql`select array[1, 2] as numbers`).toEqual([{ numbers: [1, 2] }])
        await between.cut()
        between.cutNext(bytes, how)
        await expect(sql.reserve(), `${how} after ${bytes} bytes`).rejects.toThrow()
        const reserved = await sql.reserve()
        expect(await reserved`select 3 as three`).toEqual([{ three: 3 }])
        reserved.release()
      }
    await new Promise(setImmediate)
    process.off('unhandledRejection', hear)
    expect(unheard).toEqual([])
  })

  it('answers whoever asks between the loss of a connection and its end', async () => {
    const lost = sql`select pg_sleep(60)`.catch(() => sql`select 2`)
    await between.pass('pg_sleep')
    between.reset()
    await expect(lost).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' })
    expect(await sql`select 3 as three`).toEqual([{ three: 3 }])
  })

  it('takes a reserved connection back that was lost, and lets nobody have it again', async () => {
    const reserved = await sql.reserve()
    await between.cut()
    await expect(reserved`select 1`).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' })
    reserved.release()
    expect(await sql`select 3 as three`).toEqual([{ three: 3 }])
    expect(await Promise.all([sql`select 4 as four`, sql`select 5 as five`])).toHaveLength(2)
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

type Between = {
  url: string
  /** Ends every connection in order, as a restarting database does. */
  cut(): Promise<void>
  /** Ends the next connection once so many bytes of the database have passed. */
  cutNext(bytes: number, how: 'end' | 'reset'): void
  /** Ends every connection without order, as a network does. */
  reset(): void
  /** When the driver has sent this. */
  pass(text: string): Promise<void>
  close(): Promise<void>
}

/** Stands between driver and database, and can end connections. */
async function standBetween(database: URL): Promise<Between> {
  const sockets = new Set<Socket>()
  const sent: string[] = []
  let next: { bytes: number; how: 'end' | 'reset' } | undefined
  const server: Server = createServer((driver) => {
    const behind = connect(Number(database.port), database.hostname)
    for (const socket of [driver, behind]) socket.on('error', () => undefined)
    const cut = next
    next = undefined
    if (cut) passOn(behind, driver, cut)
    else behind.pipe(driver)
    driver.on('data', (data) => sent.push(data.toString('latin1')))
    driver.pipe(behind)
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
  return {
    url: url.href,
    async cut() {
      await Promise.all([...sockets].map((socket) => once(socket.end(), 'close')))
    },
    cutNext(bytes, how) {
      next = { bytes, how }
    },
    reset() {
      for (const socket of sockets) socket.resetAndDestroy()
    },
    pass: (text) => vi.waitUntil(() => sent.join('').includes(text)).then(() => undefined),
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}

/** Passes so many bytes on, and then ends the connection. */
function passOn(from: Socket, to: Socket, { bytes, how }: { bytes: number; how: 'end' | 'reset' }): void {
  let left = bytes
  const end = () => (how === 'end' ? to.end() : to.resetAndDestroy())
  if (left === 0) return void end()
  from.on('data', (data) => {
    if (left === 0) return
    const passed = data.subarray(0, left)
    left -= passed.length
    to.write(passed, () => left === 0 && end())
  })
}

import type { Server } from 'node:http'
import { flushCompileCache } from 'node:module'
import { letFollowersGo } from '#db/client'
import { environment, readEnvironment, setEnvironment } from '#lib/base/env'
import { log } from '#lib/base/log'
import { flushLastUse } from '#lib/domain/authorizations/last-use'
import { syncBuiltInScopes } from '#lib/domain/connected-apps/sync-built-in-scopes'
import { startScheduler } from '#lib/gateways/scheduler/start-scheduler'
import { watchMail } from '#lib/gateways/scheduler/watch-mail'
import { type Door, dispatcher } from './dispatch.ts'
import { type Listening, listen, stopListening } from './listen.ts'
import { type OpenDatabase, openDatabase } from './open-database.ts'
import { openPages, type Pages } from './pages.ts'
import type { Purpose } from './prepare-database.ts'
import { openProtocol } from './protocol.ts'
import { recordRunning } from './running-record.ts'
import { whenAskedToStop } from './stopping.ts'
import { type DatabaseWatch, watchDatabase } from './watch-database.ts'

/** How long requests under way may take to end once we were asked to stop. */
const FINISH_SECONDS_MAX = 10

export type Serving = {
  purpose: Purpose
  /** Builds the pages, where that is not done yet. The port is ours then: nobody is served from what it replaces. */
  build?: () => Promise<void>
  /** Runs on the database before the first request is let in. */
  prepare?: (publicUrl: string) => Promise<void>
  /** Runs once everything answers. */
  ready?: (publicUrl: string) => Promise<void>
  /** Tests: a database that vanishes with the process. */
  isThrowaway?: boolean
  /** Demo and development: begin with an empty database. */
  isFresh?: boolean
}

type Running = {
  forget?: () => void
  server?: Listening
  pages?: Pages
  closePages?: () => Promise<void>
  protocol?: Door
  stopScheduler?: () => Promise<void>
  watch?: DatabaseWatch
  database?: OpenDatabase
}

/**
 * The process: takes the port, opens the database and brings it up to date, and serves until it is asked to stop. Throws a
 * refusal whose sentence is meant for whoever started it; nothing is left running then.
 */
export async function serve(serving: Serving): Promise<void> {
  setEnvironment(readEnvironment(process.env))
  const { host, port, publicUrl } = environment()
  const isDevelopment = serving.purpose === 'development'
  const running: Running = {}
  const stop = () => stopAll(running)
  whenAskedToStop(stop)
  try {
    const door = dispatcher({
      pages: (request, response) => running.pages?.door(request, response),
      protocol: (request, response) => running.protocol?.(request, response),
      isReady: () => running.forget !== undefined,
      isDatabaseUp: () => running.watch?.isUp() ?? false,
      isDevelopment,
    })
    running.server = await listen(door, { host, port, takesWebSockets: isDevelopment })
    // Pages need no database to open, and the database mostly lets us wait.
    const opening = open(running.server.server, serving)
    running.closePages = () => opening.then((pages) => pages.close(), ignore)
    opening.catch(ignore)
    running.database = await openDatabase(serving)
    running.watch = watchDatabase(running.database.url, reportDatabase)
    await syncBuiltInScopes(publicUrl)
    await serving.prepare?.(publicUrl)
    running.protocol = await openProtocol()
    running.pages = await opening
    running.stopScheduler = startScheduler(running.database.url)
    running.forget = recordRunning(serving.purpose)
    await watchMail()
    await serving.ready?.(publicUrl)
    flushCompileCache()
  } catch (error) {
    await stop()
    throw error
  }
}

/** From the door inwards: nothing is taken away while something before it may still ask for it. */
async function stopAll(running: Running): Promise<void> {
  const { forget, server, closePages, stopScheduler, watch, database } = running
  // What never ends by itself ends first.
  if (database) letFollowersGo()
  if (server) await stopListening(server, FINISH_SECONDS_MAX)
  await closePages?.()
  await stopScheduler?.()
  if (database)
    await flushLastUse().catch((error: unknown) => log().warn({ err: error }, 'last use was not written'))
  await watch?.stop()
  await database?.stop()
  forget?.()
}

async function open(server: Server, { purpose, build }: Serving): Promise<Pages> {
  await build?.()
  return openPages(server, purpose === 'development')
}

/** Whoever waits for the pages hears why they did not open. */
function ignore(): void {}

function reportDatabase(isUp: boolean): void {
  if (isUp) log().warn('the database is back')
  else log().error('the database is away: requests are answered with 503 until it is back')
}

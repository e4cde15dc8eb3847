import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { installBinaries } from './embedded/binaries.ts'
import { type Cluster, dataOf, type Hold, openCluster, SUPERUSER, stopCluster } from './embedded/cluster.ts'
import { isAlone, makeDatabase, makeRole, ROLE } from './embedded/databases.ts'
import { homeOf } from './embedded/home.ts'
import { keptKey, keptPassword } from './embedded/keys.ts'
import { withLock } from './embedded/lock.ts'
import { reapAfterUs } from './embedded/reap-after-us.ts'

const REVIVE_AGAIN_MILLISECONDS = 1000

export type Embedded = {
  /** The deployment's secret key, kept beside the data and never in it. */
  secretKey: Buffer
  /** The URL of a database, made (as a copy of `template`) if it is not there. */
  databaseUrl(name: string, template?: string): Promise<string>
  /** Drops a database and everything in it, whoever is connected. */
  dropDatabase(name: string): Promise<void>
  /** The URL that makes and drops databases: for tests, never for the product. */
  adminUrl(): string
  /** Ends our hold; the last one to leave stops the server. End your own connections first. */
  stop(): Promise<void>
}

/**
 * Starts, or joins, the embedded Postgres of one cluster under `dataDir`: loopback only, passwords only, no Unix socket.
 * Several processes may share it; one that crashes leaves nothing that the next one cannot pick up, and a server that dies
 * is started again. A throwaway cluster gives up safety for speed and vanishes with the process, its folder too.
 */
export async function startEmbedded(options: {
  dataDir: string
  cluster: string
  isThrowaway?: boolean
}): Promise<Embedded> {
  const home = homeOf(options.dataDir, options.cluster)
  const password = keptPassword(home.cluster, 'password')
  const lock = join(home.cluster, 'lock')
  const binaries = await withLock(join(home.shared, 'binaries.lock'), async () =>
    installBinaries(home.shared),
  )
  const cluster: Cluster = { home, binaries, isThrowaway: options.isThrowaway ?? false }
  const reap = cluster.isThrowaway
    ? reapAfterUs(orderFor(cluster, join(options.dataDir, options.cluster)))
    : undefined

  let isStopping = false
  let held = await hold()
  let revived = revive()

  return {
    secretKey: keptKey(home.cluster, 'secret-key'),
    async databaseUrl(name, template) {
      await makeDatabase(held.admin, name, template)
      return `postgres://${ROLE}:${password}@127.0.0.1:${held.port}/${name}`
    },
    async dropDatabase(name) {
      await held.admin`drop database if exists ${held.admin(name)} with (force)`
    },
    adminUrl() {
      const superuserPassword = keptPassword(home.cluster, 'superuser-password')
      return `postgres://${SUPERUSER}:${superuserPassword}@127.0.0.1:${held.port}/postgres`
    },
    async stop() {
      isStopping = true
      if (reap) return held.admin.end({ timeout: 1 }).then(reap)
      await withLock(lock, leave)
      await revived
    },
  }

  function hold(): Promise<Hold> {
    return withLock(lock, async () => {
      if (isStopping) throw new Error('We left while waiting for our turn.')
      const opened = await openCluster(cluster)
      await makeRole(opened.admin, password)
      return opened
    })
  }

  /** Brings a server back that died under us, for as long as we hold it. */
  async function revive(): Promise<void> {
    await held.lost
    while (!isStopping) {
      await held.admin.end({ timeout: 0 })
      try {
        held = await hold()
        revived = revive()
        return
      } catch {
        await pause(REVIVE_AGAIN_MILLISECONDS)
      }
    }
  }

  async function leave(): Promise<void> {
    const isLast = await isAlone(held.admin).catch(() => false)
    await held.admin.end({ timeout: 1 })
    if (isLast) await stopCluster(cluster)
  }
}

function orderFor(cluster: Cluster, folder: string) {
  return {
    control: join(cluster.binaries, 'bin/pg_ctl'),
    data: dataOf(cluster.home),
    folders: [cluster.home.cluster, folder],
    runner: cluster.home.runner,
  }
}

import { chownSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import postgres from 'postgres'
import { Refusal } from '../../lib/base/refusal.ts'
import { folderForRunner, type Home } from './home.ts'
import { keptPassword } from './keys.ts'
import { run } from './run.ts'

export const SUPERUSER = 'postgres'
/** Just after a crash Postgres may recover for a while, or its last children still hold the shared memory. */
const START_SECONDS_MAX = 60
const ASK_AGAIN_MILLISECONDS = 200
const MEGABYTE = 2 ** 20
/** What Postgres takes by itself, and what holds the live rows of a million tokens. */
const SHARED_MEGABYTES_MIN = 128
const SHARED_MEGABYTES_MAX = 2048

export type Cluster = { home: Home; binaries: string; isThrowaway: boolean }

/** A superuser's connection, held for as long as we use the cluster; `lost` resolves when the server went away. */
export type Hold = { admin: postgres.Sql; port: number; lost: Promise<void> }

/**
 * Makes the cluster if there is none, starts it if it does not run, and returns a superuser's connection. Call it under the lock.
 * Refuses data of another major version, and says the last line of the log when Postgres will not start.
 */
export async function openCluster(cluster: Cluster): Promise<Hold> {
  await makeCluster(cluster)
  let why = ''
  for (const giveUpAt = Date.now() + START_SECONDS_MAX * 1000; Date.now() < giveUpAt; ) {
    const port = rememberedPort(cluster)
    const hold = port ? await connect(cluster, port) : undefined
    if (hold) return hold
    why = await nudge(cluster)
    if (why) await pause(ASK_AGAIN_MILLISECONDS)
  }
  throw new Refusal('unavailable', `The embedded Postgres did not start. ${why} Its log: ${logOf(cluster)}`)
}

/** Stops a cluster's server, writing everything down first. */
export async function stopCluster({ home, binaries }: Cluster): Promise<void> {
  const stop = ['stop', '-w', '-m', 'fast', '-D', dataOf(home)]
  await run(join(binaries, 'bin/pg_ctl'), stop, home.runner)
}

export function dataOf(home: Home): string {
  return join(home.cluster, 'data')
}

/** Starts the server if it does not run; returns what went wrong, or nothing if it may answer now. */
async function nudge(cluster: Cluster): Promise<string> {
  const { home, binaries } = cluster
  const control = join(binaries, 'bin/pg_ctl')
  const status = await run(control, ['status', '-D', dataOf(home)], home.runner)
  if (status.code === 0) {
    forgetStrangersPid(home)
    return 'It says that it runs, but does not answer.'
  }
  const port = await choosePort(cluster)
  const start = [
    'start',
    '-w',
    '-t',
    '30',
    '-D',
    dataOf(home),
    '-l',
    logOf(cluster),
    '-o',
    settings(cluster, port),
  ]
  const started = await run(control, start, home.runner)
  return started.code === 0 ? '' : lastLine(logOf(cluster), started.said)
}

function settings({ isThrowaway }: Cluster, port: number): string {
  const set: Record<string, string> = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    logging_collector: 'on',
    log_directory: 'log',
    log_filename: 'postgres-%a.log',
    log_rotation_age: '1d',
    log_truncate_on_rotation: 'on',
    max_connections: '100',
    shared_buffers: `${sharedMegabytes(memory())}MB`,
    ...(isThrowaway ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
  }
  return Object.entries(set)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ')
}

/** The memory there is for this process, in bytes. What limits it is beyond the machine's own where nothing does. */
function memory(): number {
  return Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY)
}

/**
 * How much of so many bytes of memory Postgres keeps of what it reads, in megabytes: an eighth. Tokens are asked for at random, and what
 * is not found in there is copied from the system each time. Most systems give it only as it fills.
 */
export function sharedMegabytes(bytes: number): number {
  return Math.min(Math.max(Math.floor(bytes / 8 / MEGABYTE), SHARED_MEGABYTES_MIN), SHARED_MEGABYTES_MAX)
}

async function connect(cluster: Cluster, port: number): Promise<Hold | undefined> {
  const { promise: lost, resolve: lose } = Promise.withResolvers<void>()
  const admin = postgres({
    host: '127.0.0.1',
    port,
    user: SUPERUSER,
    password: keptPassword(cluster.home.cluster, 'superuser-password'),
    database: 'postgres',
    max: 1,
    connect_timeout: 5,
    max_lifetime: null,
    onnotice: () => undefined,
    onclose: () => lose(),
    connection: { application_name: 'gatehouse supervisor' },
  })
  try {
    // Another cluster may have taken the port that we remember.
    const [found] = await admin<
      { dataDirectory: string }[]
    >`select current_setting('data_directory') "dataDirectory"`
    if (found?.dataDirectory === dataOf(cluster.home)) return { admin, port, lost }
  } catch {
    // Not there, not ours, or still starting: the caller looks closer.
  }
  await admin.end({ timeout: 1 })
  return undefined
}

async function makeCluster({ home, binaries, isThrowaway }: Cluster): Promise<void> {
  const data = dataOf(home)
  if (existsSync(data)) return refuseOtherVersion(data, binaries)
  const unfinished = join(home.cluster, 'data.unfinished')
  const passwordFile = join(home.cluster, 'password-for-initdb')
  rmSync(unfinished, { recursive: true, force: true })
  folderForRunner(unfinished, home.runner)
  writeFileSync(passwordFile, keptPassword(home.cluster, 'superuser-password'), { mode: 0o600 })
  if (home.runner) chownSync(passwordFile, home.runner.uid, home.runner.gid)
  const options = [
    `--pgdata=${unfinished}`,
    `--username=${SUPERUSER}`,
    '--auth=scram-sha-256',
    `--pwfile=${passwordFile}`,
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--locale=C.UTF-8',
    ...(isThrowaway ? ['--no-sync'] : []),
  ]
  try {
    const made = await run(join(binaries, 'bin/initdb'), options, home.runner)
    if (made.code !== 0)
      throw new Refusal('unavailable', `The embedded Postgres could not be made: ${made.said}`)
  } finally {
    rmSync(passwordFile, { force: true })
  }
  renameSync(unfinished, data)
}

async function refuseOtherVersion(data: string, binaries: string): Promise<void> {
  const kept = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim()
  const ours = /postgres-(\d+)/.exec(binaries)?.[1]
  if (kept === ours) return
  throw new Refusal(
    'conflict',
    `The data in ${data} is of Postgres ${kept}; this Gatehouse brings Postgres ${ours}.`,
  )
}

/** A process that is not Postgres may have been given the number that a killed server left behind. */
function forgetStrangersPid(home: Home): void {
  const file = join(dataOf(home), 'postmaster.pid')
  try {
    const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
    const program = readFileSync(`/proc/${pid}/comm`, 'utf8').trim()
    if (program !== 'postgres') rmSync(file, { force: true })
  } catch {
    // No such file, no such process, or no /proc here: Postgres decides by itself.
  }
}

function rememberedPort({ home }: Cluster): number | undefined {
  try {
    return Number(readFileSync(join(home.cluster, 'port'), 'utf8')) || undefined
  } catch {
    return undefined
  }
}

async function choosePort(cluster: Cluster): Promise<number> {
  const remembered = rememberedPort(cluster)
  const port = (remembered && (await freePort(remembered))) || (await freePort(0))
  if (!port) throw new Refusal('unavailable', 'There is no free port on 127.0.0.1 for the embedded Postgres.')
  if (port !== remembered) writeFileSync(join(cluster.home.cluster, 'port'), `${port}\n`, { mode: 0o600 })
  return port
}

function freePort(wanted: number): Promise<number | undefined> {
  return new Promise((found) => {
    const probe = createServer()
    probe.once('error', () => found(undefined))
    probe.listen(wanted, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => found(typeof address === 'object' && address ? address.port : undefined))
    })
  })
}

function logOf({ home }: Cluster): string {
  return join(dataOf(home), 'start.log')
}

function lastLine(file: string, otherwise: string): string {
  try {
    return readFileSync(file, 'utf8').trim().split('\n').at(-1) ?? otherwise
  } catch {
    return otherwise
  }
}

import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Workbench } from './workbench.ts'

const PROJECT = fileURLToPath(new URL('..', import.meta.url))

/** A server in a process of its own. */
export type ServerProcess = {
  port: number
  /** All CPU time it has used so far, in user and kernel, on every thread. */
  cpuMicroseconds(): Promise<number>
  stop(): Promise<void>
}

/**
 * The product itself, as `npm start` runs it, on the database of the workbench. The pages must have been built. `changes`
 * is a file loaded before its code, where the product is measured against itself with something taken out.
 */
export async function startProduct(
  workbench: Pick<Workbench, 'port' | 'publicUrl' | 'databaseUrl' | 'secretKey'>,
  changes?: string,
): Promise<ServerProcess> {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-bench-product-'))
  const ready = `Gatehouse answers at ${workbench.publicUrl}`
  const before = changes ? ['--import', changes] : []
  const server = await start([...before, 'server.ts'], [], workbench.port, ready, {
    NODE_ENV: 'production',
    DATABASE_URL: workbench.databaseUrl,
    SECRET_KEY: workbench.secretKey,
    PUBLIC_URL: workbench.publicUrl,
    PORT: String(workbench.port),
    DATA_DIR: dataDir,
  })
  return {
    ...server,
    async stop() {
      await server.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** The bare authorization server it is measured against; `store` is where that one keeps what it issues. */
export function startReference(
  store: 'postgres' | 'memory',
  databaseUrl: string,
  port: number,
): Promise<ServerProcess> {
  return start(['bench/reference-server.ts'], [store, String(port)], port, 'The reference answers', {
    NODE_ENV: 'production',
    DATABASE_URL: databaseUrl,
  })
}

async function start(
  script: readonly string[],
  args: string[],
  port: number,
  readySign: string,
  env: NodeJS.ProcessEnv,
): Promise<ServerProcess> {
  const server = spawn(
    process.execPath,
    [...profiling(), '--import', './bench/tell-cpu.ts', ...script, ...args],
    { cwd: PROJECT, stdio: ['ignore', 'pipe', 'pipe', 'ipc'], env: { PATH: process.env.PATH, ...env } },
  )
  const endIt = () => void server.kill('SIGKILL')
  process.once('exit', endIt)
  const ended = new Promise<void>((done) => server.once('exit', () => done()))
  await untilItSays(server, readySign)
  return {
    port,
    cpuMicroseconds: () => askCpu(server),
    async stop() {
      server.kill('SIGTERM')
      await ended
      process.removeListener('exit', endIt)
    },
  }
}

/** With BENCH_PROFILES naming a folder, each server leaves a CPU profile there when it ends. */
function profiling(): string[] {
  const folder = process.env.BENCH_PROFILES
  return folder ? ['--cpu-prof', `--cpu-prof-dir=${folder}`] : []
}

function untilItSays(server: ChildProcess, sign: string): Promise<void> {
  let said = ''
  return new Promise((ready, failed) => {
    const hear = (chunk: Buffer) => {
      said = `${said}${chunk}`.slice(-10_000)
      if (said.includes(sign)) ready()
    }
    server.stdout?.on('data', hear)
    server.stderr?.on('data', hear)
    server.once('exit', () => failed(new Error(`A server ended: ${said}`)))
  })
}

function askCpu(server: ChildProcess): Promise<number> {
  return new Promise((told) => {
    server.once('message', (answer: { cpuMicroseconds: number }) => told(answer.cpuMicroseconds))
    server.send('cpu')
  })
}

import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { median, say, spread } from './say.ts'
import { freePort } from './workbench.ts'

const PROJECT = fileURLToPath(new URL('..', import.meta.url))
const ROUNDS = 7
const AIM_SECONDS = 1.5
const ASK_AGAIN_MILLISECONDS = 10

/**
 * From typing `npm start` to the whole first page, on the embedded database of an earlier start, which is started too. Beside
 * it a Node server that does nothing but answer. The pages are built before; the first start, which makes the database, does
 * not count.
 */
export async function measure(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'))
  const port = await freePort()
  const product = () => startProduct(dataDir, port)
  const bare = () =>
    spawn(process.execPath, ['bench/bare-server.ts', String(port)], { cwd: PROJECT, detached: true })
  const seconds = { product: [] as number[], bare: [] as number[] }
  try {
    await timeFirstPage(product, port)
    for (let round = 0; round < ROUNDS; round++) {
      seconds.product.push(await timeFirstPage(product, port))
      seconds.bare.push(await timeFirstPage(bare, port))
    }
  } finally {
    clear(dataDir)
  }
  const [ours, least] = [median(seconds.product), median(seconds.bare)]
  say('first page after `npm start`, on a database that is there')
  say(`  time   ×${(ours / least).toFixed(1)} of a bare Node server’s, ${(ours - least).toFixed(2)} s more`)
  say(
    `  product ${ours.toFixed(2)} s (${spread(seconds.product, 2)}; aim ${AIM_SECONDS} s) · bare ${least.toFixed(2)} s`,
  )
}

function startProduct(dataDir: string, port: number): ChildProcess {
  const { DATABASE_URL, SECRET_KEY, SECRET_KEY_PREVIOUS, TRUSTED_PROXIES, ...env } = process.env
  const own = {
    DATA_DIR: dataDir,
    PORT: String(port),
    PUBLIC_URL: `http://localhost:${port}`,
    HOST: '127.0.0.1',
  }
  return spawn('npm', ['start'], { cwd: PROJECT, detached: true, env: { ...env, ...own } })
}

async function timeFirstPage(start: () => ChildProcess, port: number): Promise<number> {
  const began = performance.now()
  const server = start()
  let said = ''
  for (const stream of [server.stdout, server.stderr]) stream?.on('data', (part: Buffer) => (said += part))
  const ended = new Promise<void>((done) => server.once('exit', () => done()))
  const end = () => endGroup(server)
  process.once('exit', end)
  while (!(await hasPage(port))) {
    if (server.exitCode !== null) throw new Error(`It ended before its first page: ${said}`)
    await pause(ASK_AGAIN_MILLISECONDS)
  }
  const seconds = (performance.now() - began) / 1000
  end()
  await ended
  process.removeListener('exit', end)
  while (await answers(port)) await pause(ASK_AGAIN_MILLISECONDS)
  return seconds
}

/** Whether a whole page comes; redirects are followed, as a browser does. */
async function hasPage(port: number): Promise<boolean> {
  try {
    const response = await fetch(`http://localhost:${port}/`)
    const page = await response.text()
    return response.status === 200 && page.includes('<title>')
  } catch {
    return false
  }
}

function answers(port: number): Promise<boolean> {
  return fetch(`http://localhost:${port}/api/health`).then(
    () => true,
    () => false,
  )
}

/** npm and everything it started: they are a process group of their own. */
function endGroup(server: ChildProcess): void {
  if (server.exitCode === null && server.signalCode === null && server.pid)
    process.kill(-server.pid, 'SIGTERM')
}

/** The data lies elsewhere when we are root; a file says where. */
function clear(dataDir: string): void {
  const note = join(dataDir, 'production', 'where-the-data-is.txt')
  if (existsSync(note)) rmSync(readFileSync(note, 'utf8').trim(), { recursive: true, force: true })
  rmSync(dataDir, { recursive: true, force: true })
}

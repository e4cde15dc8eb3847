import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { freePort } from './workbench.ts'

const PROJECT = fileURLToPath(new URL('..', import.meta.url))
const NEXT = join(PROJECT, 'node_modules/next/dist/bin/next')
const ASK_AGAIN_MILLISECONDS = 50

const FILES = {
  'package.json': '{"private": true, "type": "module"}',
  'next.config.mjs': `export default { turbopack: { root: ${JSON.stringify(PROJECT)} }, outputFileTracingRoot: ${JSON.stringify(PROJECT)} }`,
  'app/layout.jsx':
    'export default function Layout({ children }) { return <html lang="en"><body>{children}</body></html> }',
  'app/page.jsx':
    'export const dynamic = "force-dynamic"\nexport default function Page() { return <h1>Bare</h1> }',
}

/** The smallest Next app there is, built now with the same Next.js, and its only page. */
export async function barePage(): Promise<{ origin: string; page: string; end(): Promise<void> }> {
  // Inside the project: that is where its packages are found.
  mkdirSync(join(PROJECT, '.data'), { recursive: true, mode: 0o700 })
  const folder = mkdtempSync(join(PROJECT, '.data', 'bench-bare-'))
  mkdirSync(join(folder, 'app'))
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text)
  const env: NodeJS.ProcessEnv = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' }
  await promisify(execFile)(process.execPath, [NEXT, 'build'], { cwd: folder, env })
  const port = await freePort()
  const server = spawn(process.execPath, [NEXT, 'start', '-p', String(port), '-H', '127.0.0.1'], {
    cwd: folder,
    env,
    stdio: 'ignore',
  })
  process.once('exit', () => server.kill('SIGKILL'))
  const origin = `http://127.0.0.1:${port}`
  return { origin, page: await firstPage(server, origin), end: () => end(server, folder) }
}

async function firstPage(server: ChildProcess, origin: string): Promise<string> {
  while (server.exitCode === null) {
    const response = await fetch(origin).catch(() => undefined)
    if (response?.ok) return response.text()
    await pause(ASK_AGAIN_MILLISECONDS)
  }
  throw new Error('The bare Next app ended before its page came.')
}

async function end(server: ChildProcess, folder: string): Promise<void> {
  const ended = new Promise<void>((done) => server.once('exit', () => done()))
  server.kill('SIGTERM')
  await ended
  rmSync(folder, { recursive: true, force: true })
}

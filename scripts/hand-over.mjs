import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { install, stop } from './install.mjs'

const project = fileURLToPath(new URL('..', import.meta.url))
const pinned = join(project, 'node_modules', '.bin', 'node')
/** What Node made of our sources the last time: starting again takes a fifth less. Gone with the next installation. */
const compiled = join(project, 'node_modules', '.cache', 'gatehouse-compiled')

/** Installs what is missing, then becomes the second stage: TypeScript, on the Node that the lockfile pins (Linux) or the machine's own. */
export async function handOver(script, nodeOptions = []) {
  process.chdir(project)
  await install()
  const node = existsSync(pinned) ? pinned : process.execPath
  if (node === process.execPath) refuseOldNode()
  const args = [...nodeOptions, script, ...process.argv.slice(2)]
  const env = { NEXT_TELEMETRY_DISABLED: '1', NODE_COMPILE_CACHE: compiled, ...process.env }
  const stage = spawn(node, args, { stdio: 'inherit', env })
  // A terminal sends Ctrl-C to the second stage itself; other signals reach us alone.
  process.on('SIGINT', () => undefined)
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => stage.kill(signal))
  stage.once('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)))
}

function refuseOldNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > 22 || (major === 22 && minor >= 18)) return
  stop(`Gatehouse needs Node 22.18 or newer on this platform; this is ${process.versions.node}.`)
}

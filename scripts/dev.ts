import { type ChildProcess, fork } from 'node:child_process'
import { existsSync, watch } from 'node:fs'

/**
 * `npm run dev`: the demo's data on pages that reload as you edit. Next takes in edits of what it bundles by itself; Node does
 * not, so an edit below these folders, which the process also loads itself, begins the server anew.
 */
const LOADED_BY_NODE = ['lib', 'db', 'server']
const SETTLE_MILLISECONDS = 200

let server: ChildProcess | undefined
let isStopping = false
let settling: NodeJS.Timeout | undefined

const first = run(process.argv.slice(2), {})
first.once('exit', (code) => {
  // Refused at the first start (a port in use, say): an edit would not help.
  if (!hasBeenReady) process.exit(code ?? 1)
})
let hasBeenReady = false
first.once('message', () => (hasBeenReady = true))

for (const folder of LOADED_BY_NODE.filter((name) => existsSync(name))) {
  watch(folder, { recursive: true }, (_kind, name) => {
    if (!name || !/\.(ts|tsx|sql)$/.test(name) || /\.test\.tsx?$/.test(name)) return
    clearTimeout(settling)
    settling = setTimeout(restart, SETTLE_MILLISECONDS)
  })
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    isStopping = true
    clearTimeout(settling)
    if (!server || server.exitCode !== null) process.exit(0)
    server.once('exit', (code) => process.exit(code ?? 0))
    if (signal !== 'SIGINT') server.kill(signal)
  })
}

function restart(): void {
  if (isStopping || !server) return
  const again = () => run([], { GATEHOUSE_DEV_AGAIN: '1' })
  if (server.exitCode !== null || server.signalCode !== null) return void again()
  server.once('exit', again)
  server.kill('SIGTERM')
}

function run(args: string[], env: Record<string, string>): ChildProcess {
  server = fork('scripts/dev-server.ts', args, { stdio: 'inherit', env: { ...process.env, ...env } })
  return server
}

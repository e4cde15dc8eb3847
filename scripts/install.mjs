import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/*
 * The first stage of every command: plain JavaScript for the machine's own Node (20.9 or newer), with nothing installed yet.
 */
const project = fileURLToPath(new URL('..', import.meta.url))
const lockfile = join(project, 'package-lock.json')
const patches = join(project, 'patches')
const stamp = join(project, 'node_modules', '.gatehouse-packages')
const turn = join(project, '.data', 'installing')
const TURN_STALE_SECONDS = 15

/** Installs the packages of the lockfile if they are not there, one process at a time, and never under a running server. */
export async function install() {
  if (isInstalled()) return
  await takeTurn(async () => {
    if (isInstalled()) return
    await refuseUnderServer()
    console.log('Installing packages. The first time takes a minute or two.')
    const began = Date.now()
    const code = await runNpm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], () => {
      console.log(`  … still installing (${Math.round((Date.now() - began) / 1000)} s)`)
    })
    if (code !== 0) stop(`The packages could not be installed (npm ended with ${code}).`)
    writeFileSync(stamp, packagesHash())
    console.log(`Packages installed in ${Math.round((Date.now() - began) / 1000)} s.`)
  })
}

/** Ends the command with one sentence. */
export function stop(sentence) {
  console.error(`\n${sentence}\n`)
  process.exit(1)
}

function isInstalled() {
  if (!existsSync(join(project, 'node_modules', '.package-lock.json'))) return false
  if (existsSync(stamp)) return readFileSync(stamp, 'utf8') === packagesHash()
  // Somebody installed by hand, after either last changed: that will do.
  const installedAt = statSync(join(project, 'node_modules', '.package-lock.json')).mtimeMs
  if (sources().some((file) => installedAt < statSync(file).mtimeMs)) return false
  writeFileSync(stamp, packagesHash())
  return true
}

function packagesHash() {
  const hash = createHash('sha256')
  for (const file of sources()) hash.update(readFileSync(file))
  return hash.digest('hex')
}

/** What decides what is installed: the lockfile, and the patches of packages. */
function sources() {
  return [lockfile, ...readdirSync(patches).map((name) => join(patches, name))]
}

function runNpm(args, stillRunning) {
  const ticking = setInterval(stillRunning, 10_000)
  return new Promise((done) => {
    const npm = spawn('npm', args, { cwd: project, stdio: 'inherit', shell: process.platform === 'win32' })
    npm.once('error', () => done('an error: is npm installed?'))
    npm.once('exit', (code, signal) => done(code ?? signal))
  }).finally(() => clearInterval(ticking))
}

async function refuseUnderServer() {
  const dataDir = process.env.DATA_DIR || join(project, '.data')
  const records = existsSync(dataDir)
    ? readdirSync(dataDir).filter((name) => /^running-.*\.json$/.test(name))
    : []
  for (const name of records) {
    const { pid, host, port } = JSON.parse(readFileSync(join(dataDir, name), 'utf8'))
    if (!isAlive(pid) || !(await answers(host, port))) continue
    stop(
      `The packages have changed, and the server at port ${port} (process ${pid}) still uses them: stop it first.`,
    )
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

async function answers(host, port) {
  const name = host.includes(':') ? `[${host}]` : host
  return fetch(`http://${name}:${port}/api/health`, { signal: AbortSignal.timeout(2000) }).then(
    (response) => response.ok,
    () => false,
  )
}

/** A folder is made by one process only; its holder keeps it fresh, so that one left by a crash is recognized. */
async function takeTurn(work) {
  mkdirSync(join(project, '.data'), { recursive: true, mode: 0o700 })
  for (let hasSaidSo = false; ; hasSaidSo = true) {
    try {
      mkdirSync(turn)
      break
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    if (!hasSaidSo) console.log('Another command is installing packages: waiting for it.')
    await new Promise((again) => setTimeout(again, 1000))
    const age = existsSync(turn) ? (Date.now() - statSync(turn).mtimeMs) / 1000 : 0
    if (age > TURN_STALE_SECONDS) rmdirSync(turn)
  }
  const keepingFresh = setInterval(() => utimesSync(turn, new Date(), new Date()), 3000)
  const giveBack = () => {
    if (existsSync(turn)) rmdirSync(turn)
  }
  process.once('exit', giveBack)
  try {
    return await work()
  } finally {
    clearInterval(keepingFresh)
    process.removeListener('exit', giveBack)
    giveBack()
  }
}

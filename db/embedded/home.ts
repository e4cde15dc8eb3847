import { createHash } from 'node:crypto'
import { chmodSync, chownSync, lstatSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { Refusal } from '../../lib/base/refusal.ts'

/** Postgres refuses to run as root; this is the uid that owns nothing ("nobody"). */
const UNPRIVILEGED_UID = 65_534
const ROOT_HOME = '/var/lib/gatehouse'

export type Runner = { uid: number; gid: number } | undefined

export type Home = {
  /** Holds the copied binaries. */
  shared: string
  /** Holds one cluster: `data`, its keys and its port. */
  cluster: string
  /** Whom Postgres runs as, when not as ourselves. */
  runner: Runner
}

/**
 * Finds and makes the folders of one embedded cluster. As a user they lie in the data folder. As root they lie in a folder
 * that root made and nobody else can write, because Postgres must run as somebody else who could not read the data folder.
 * Refuses a folder that belongs to, or can be written by, somebody else.
 */
export function homeOf(dataDir: string, cluster: string): Home {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const own = join(realpathSync(dataDir), cluster)
  if (process.getuid?.() !== 0) {
    privateFolder(own, 0o700)
    return { shared: realpathSync(dataDir), cluster: own, runner: undefined }
  }
  privateFolder(ROOT_HOME, 0o755)
  const elsewhere = join(ROOT_HOME, createHash('sha256').update(own).digest('hex').slice(0, 16))
  privateFolder(elsewhere, 0o711)
  note(own, elsewhere)
  return { shared: ROOT_HOME, cluster: elsewhere, runner: { uid: UNPRIVILEGED_UID, gid: UNPRIVILEGED_UID } }
}

/** Makes a folder that only Postgres's own user may enter. */
export function folderForRunner(folder: string, runner: Runner): void {
  mkdirSync(folder, { mode: 0o700 })
  chmodSync(folder, 0o700)
  if (runner) chownSync(folder, runner.uid, runner.gid)
}

function privateFolder(folder: string, mode: number): void {
  mkdirSync(folder, { recursive: true, mode })
  const isRoot = process.getuid?.() === 0
  for (let path = resolve(folder); ; path = dirname(path)) {
    const found = lstatSync(path)
    const isOurs = found.uid === process.getuid?.()
    const isOpen = (found.mode & 0o022) !== 0
    if (!found.isDirectory() || !isOurs || isOpen) {
      throw new Refusal(
        'forbidden',
        `${path} must be a folder that you own and nobody else can write: the embedded Postgres would not be safe there.`,
      )
    }
    if (!isRoot || path === '/') break
  }
  chmodSync(folder, mode)
}

/** As root the data does not lie where one would look for it, so the place says where it is. */
function note(own: string, elsewhere: string): void {
  mkdirSync(own, { recursive: true, mode: 0o700 })
  writeFileSync(join(own, 'where-the-data-is.txt'), `${elsewhere}\n`, { mode: 0o600 })
}

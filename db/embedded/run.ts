import { spawn } from 'node:child_process'
import type { Runner } from './home.ts'

export type Outcome = { code: number | null; said: string }

/** Runs one of Postgres's programs as its own user, with nothing of our environment but the path. */
export function run(program: string, args: string[], runner: Runner): Promise<Outcome> {
  return new Promise((done, fail) => {
    const child = spawn(program, args, {
      cwd: '/',
      env: { PATH: process.env.PATH, NODE_ENV: 'production', LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...runner,
    })
    let said = ''
    child.stdout.on('data', (part) => (said += part))
    child.stderr.on('data', (part) => (said += part))
    child.once('error', fail)
    // `exit` and not `close`: a server that outlives pg_ctl may hold the pipes open.
    child.once('exit', (code) => done({ code, said: said.trim() }))
  })
}

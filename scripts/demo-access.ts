import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type DemoAccess as Facts, isSeeded, seedDemo } from '#db/seed/demo'
import { environment } from '#lib/base/env'
import { Refusal } from '#lib/base/refusal'
import type { Purpose } from '../server/prepare-database.ts'

export type DemoAccess = { url: string } & Facts

/**
 * Fills an empty database with the demo, once, and keeps who may sign in in a file that only we can read:
 * `.data/demo.json`, `.data/development.json`.
 */
export async function seedOnce(purpose: Exclude<Purpose, 'production'>, url: string): Promise<void> {
  if (!(await isSeeded())) {
    console.log('Inventing the people, organizations and apps of the demo.')
    return keep(purpose, { url, ...(await seedDemo({ purpose, publicUrl: url })) })
  }
  if (!existsSync(fileOf(purpose))) {
    const command = purpose === 'demo' ? 'npm run demo' : 'npm run dev'
    throw new Refusal(
      'conflict',
      `${fileOf(purpose)}, which says who may sign in, is gone. Begin anew: ${command} -- --fresh`,
    )
  }
  const { apiClient, ...kept } = readAccess(purpose)
  keep(purpose, { ...kept, url, apiClient: { ...apiClient, tokenEndpoint: `${url}/oauth/token` } })
}

/** Prints who may sign in, and where. */
export function printAccess(purpose: Exclude<Purpose, 'production'>): void {
  const { url, signIns } = readAccess(purpose)
  const widest = (of: (one: (typeof signIns)[number]) => string) =>
    Math.max(...signIns.map((one) => of(one).length))
  const [role, username] = [widest((one) => one.role), widest((one) => one.username)]
  const lines = signIns.map(
    (one) => `  ${one.role.padEnd(role)}   ${one.username.padEnd(username)}   ${one.password}`,
  )
  const administrator = signIns.find((one) => one.role === 'root-administrator')
  console.log(
    [
      `\nGatehouse answers at ${url}\n`,
      `Who may sign in (kept in ${fileOf(purpose)}):\n`,
      ...lines,
      `\nBegin as ${administrator?.username}: Connected Apps › Policy › Requests holds what people are waiting for.\n`,
    ].join('\n'),
  )
}

function keep(purpose: Purpose, access: DemoAccess): void {
  const file = fileOf(purpose)
  rmSync(file, { force: true })
  writeFileSync(file, `${JSON.stringify(access, null, 2)}\n`, { mode: 0o600 })
}

function readAccess(purpose: Purpose): DemoAccess {
  return JSON.parse(readFileSync(fileOf(purpose), 'utf8')) as DemoAccess
}

function fileOf(purpose: Purpose): string {
  return join(environment().dataDir, `${purpose}.json`)
}

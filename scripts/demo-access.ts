import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { seedDemo } from '#db/seed/demo'
import { environment } from '#lib/base/env'
import { Refusal } from '#lib/base/refusal'
import { getDeployment } from '#lib/domain/organizations/get-deployment'
import type { Purpose } from '../server/prepare-database.ts'

export type DemoAccess = { url: string } & Awaited<ReturnType<typeof seedDemo>>

/**
 * Fills an empty database with the demo, once, and keeps who may sign in in a file that only we can read:
 * `.data/demo.json`, `.data/development.json`.
 */
export async function seedOnce(purpose: Exclude<Purpose, 'production'>, url: string): Promise<void> {
  const { isSetUp } = await getDeployment()
  if (!isSetUp) {
    const facts = await seedDemo({ purpose, publicUrl: url })
    writeFileSync(fileOf(purpose), `${JSON.stringify({ url, ...facts }, null, 2)}\n`, { mode: 0o600 })
    return
  }
  if (!existsSync(fileOf(purpose))) {
    const command = purpose === 'demo' ? 'npm run demo' : 'npm run dev'
    throw new Refusal(
      'conflict',
      `${fileOf(purpose)}, which says who may sign in, is gone. Begin anew: ${command} -- --fresh`,
    )
  }
  const kept = readAccess(purpose)
  if (kept.url !== url)
    writeFileSync(fileOf(purpose), `${JSON.stringify({ ...kept, url }, null, 2)}\n`, { mode: 0o600 })
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
  console.log(
    `\nGatehouse answers at ${url}\n\nWho may sign in (kept in ${fileOf(purpose)}):\n\n${lines.join('\n')}\n`,
  )
}

function readAccess(purpose: Purpose): DemoAccess {
  return JSON.parse(readFileSync(fileOf(purpose), 'utf8')) as DemoAccess
}

function fileOf(purpose: Purpose): string {
  return join(environment().dataDir, `${purpose}.json`)
}

import { createHash } from 'node:crypto'
import type { Database, Transaction } from '#db/client'
import type { Id } from '../../base/ids.ts'
import { inTurns } from '../../base/in-turns.ts'
import { Refusal } from '../../base/refusal.ts'
import { listAppsInUse } from './list-apps-in-use.ts'
import { type AppInUse, type ModeChange, type Planned, planApp } from './rules.ts'
import type { Mode } from './schema.ts'

export type PlannedApp = AppInUse & Planned
export type Plan = { apps: PlannedApp[]; fingerprint: string }

/** The policy as it stands: what a plan starts from. */
export type Standing = {
  rootOrganizationId: Id<'organization'>
  mode: Mode
  internalAutoApproval: boolean
  version: number
}

/**
 * What a change of the mode does to each app, and a fingerprint of it: the same fingerprint, the same effect. Internal
 * apps pass by themselves afterwards as they do now, unless the change says otherwise.
 */
export async function planPolicy(
  tx: Database | Transaction,
  policy: Standing,
  to: Mode,
  internalAfter = policy.internalAutoApproval,
): Promise<Plan> {
  const change = { from: policy.mode, to, internalBefore: policy.internalAutoApproval, internalAfter }
  const met = await listAppsInUse(tx, policy.rootOrganizationId)
  const apps = await inTurns(met, (app) => ({ ...app, ...planApp(app, change) }))
  return { apps, fingerprint: await fingerprintOf(policy, change, apps) }
}

/** Refuses a change that would do something other than what was shown. */
export function refuseStalePlan(plan: Plan, expectedFingerprint: string | undefined): void {
  if (expectedFingerprint === undefined || expectedFingerprint === plan.fingerprint) return
  throw new Refusal('conflict', 'The facts changed meanwhile. Look at what it will do now, then save again.')
}

/** People come and go all day; what is listed, left and asked for is what an administrator agreed to. */
async function fingerprintOf(
  policy: Standing,
  change: ModeChange,
  apps: readonly PlannedApp[],
): Promise<string> {
  const inOneOrder = apps.toSorted((one, other) => (one.appId < other.appId ? -1 : 1))
  const hash = createHash('sha256').update(JSON.stringify([policy.version, change]))
  await inTurns(inOneOrder, ({ appId, outcome, entry }) =>
    hash.update(JSON.stringify([appId, outcome, entry])),
  )
  return hash.digest('base64url')
}

import { createHash } from 'node:crypto'
import { type SQL, sql } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client'
import type { Id } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'
import { appsInUse } from './apps-in-use.ts'
import { type ModeChange, type Outcome, planEveryApp } from './rules.ts'
import type { Mode } from './schema.ts'

/** The policy as it stands: what a plan starts from. */
export type Standing = {
  rootOrganizationId: Id<'organization'>
  mode: Mode
  internalAutoApproval: boolean
  version: number
}

/** The apps that have the same outcome, and how many of them, and of the internal ones among them, get or widen an entry. */
export type PlannedGroup = {
  outcome: Outcome
  apps: number
  listed: number
  listedInternal: number
  /** Of which apps they are, and what the entries hold. */
  digest: string
}

export type Plan = { change: ModeChange; groups: PlannedGroup[]; fingerprint: string }

/**
 * What a change of the mode does, by outcome, and a fingerprint of it: the same fingerprint, the same effect on each app. Internal
 * apps pass by themselves afterwards as they do now, unless the change says otherwise. The database goes through the apps: thousands
 * of them, read here one by one, would keep the process from answering anybody else.
 */
export async function planPolicy(
  tx: Database | Transaction,
  policy: Standing,
  to: Mode,
  internalAfter?: boolean,
): Promise<Plan> {
  const change = changeOf(policy, to, internalAfter)
  const groups = await tx.execute<PlannedGroup>(plannedGroups(plannedApps(policy, change)))
  return { change, groups, fingerprint: fingerprintOf(policy, change, groups) }
}

/** Refuses a change that would do something other than what was shown. */
export function refuseStalePlan(plan: Plan, expectedFingerprint: string | undefined): void {
  if (expectedFingerprint === undefined || expectedFingerprint === plan.fingerprint) return
  throw new Refusal('conflict', 'The facts changed meanwhile. Look at what it will do now, then save again.')
}

export function changeOf(
  { mode, internalAutoApproval }: Standing,
  to: Mode,
  internalAfter = internalAutoApproval,
): ModeChange {
  return { from: mode, to, internalBefore: internalAutoApproval, internalAfter }
}

/**
 * The rows of `appsInUse`, each with its `outcome` and with `entry`, the scopes of the entry that is made or grows with the change; null:
 * none does. The rules come with the statement as a table.
 */
export function plannedApps(
  { rootOrganizationId }: Pick<Standing, 'rootOrganizationId'>,
  change: ModeChange,
): SQL {
  const rules = JSON.stringify(planEveryApp(change))
  return sql`(
    select app.*, rule.outcome, case when rule."isSeeded" then app.wanted end as entry
    from ${appsInUse(rootOrganizationId)} app
    join json_to_recordset(${rules}::json) as rule ("isInternal" boolean, "isBlocked" boolean, "isHeld" boolean, "isUsed" boolean,
      "isListed" boolean, "isWhollyListed" boolean, "holdsMore" boolean, outcome text, "isSeeded" boolean)
    using ("isInternal", "isBlocked", "isHeld", "isUsed", "isListed", "isWhollyListed", "holdsMore"))`
}

/** A `PlannedGroup` for each outcome that there is among these planned apps. */
export function plannedGroups(planned: SQL): SQL {
  return sql`
    select outcome, count(*)::int as apps, count(entry)::int as listed,
      (count(entry) filter (where "isInternal"))::int as "listedInternal",
      encode(sha256(convert_to(string_agg(concat_ws(' ', app_id, entry), ';' order by app_id), 'UTF8')), 'hex') as digest
    from ${planned} planned group by outcome`
}

/** People come and go all day; what is listed, left and asked for is what an administrator agreed to. */
export function fingerprintOf(
  { version }: Pick<Standing, 'version'>,
  change: ModeChange,
  groups: readonly PlannedGroup[],
): string {
  const digests = groups.map(({ outcome, digest }) => [outcome, digest]).sort()
  return createHash('sha256')
    .update(JSON.stringify([version, change, digests]))
    .digest('base64url')
}

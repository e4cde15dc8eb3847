import { createHash } from 'node:crypto'
import { type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import type { Id } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'
import { appsInUse } from './apps-in-use.ts'
import { FACTS, type ModeChange, type Outcome, planEveryApp } from './rules.ts'
import type { Mode } from './schema.ts'

/** The policy as it stands: what a change starts from. */
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

/** To another mode; internal apps pass by themselves afterwards as they do now, unless it says otherwise. */
export function changeOf(
  { mode, internalAutoApproval }: Standing,
  to: Mode,
  internalAfter = internalAutoApproval,
): ModeChange {
  return { from: mode, to, internalBefore: internalAutoApproval, internalAfter }
}

/** Refuses a change that would do something other than what was shown. Nothing was shown: nothing is asked. */
export async function refuseStale(
  tx: Transaction,
  policy: Standing,
  change: ModeChange,
  expectedFingerprint: string | undefined,
): Promise<void> {
  if (expectedFingerprint === undefined) return
  const groups = await tx.execute<PlannedGroup>(plannedGroups(plannedApps(policy, change)))
  refuseOtherThan(expectedFingerprint, fingerprintOf(policy, change, groups))
}

/** The same for whoever has the fingerprint of the present effect already. */
export function refuseOtherThan(expectedFingerprint: string | undefined, fingerprint: string): void {
  if (expectedFingerprint === undefined || expectedFingerprint === fingerprint) return
  throw new Refusal('conflict', 'The facts changed meanwhile. Look at what it will do now, then save again.')
}

/**
 * The rows of `appsInUse`, each with its `outcome` and with `entry`, the scopes of the entry that is made or grows with the change; null:
 * none does. The rules come with the statement as a table, so that the apps stay in the database: thousands of them, read one by
 * one, would keep this process from answering anybody else.
 */
export function plannedApps(
  { rootOrganizationId }: Pick<Standing, 'rootOrganizationId'>,
  change: ModeChange,
): SQL {
  const rules = JSON.stringify(planEveryApp(change))
  const facts = FACTS.map((fact) => sql.identifier(fact))
  const columns = facts.map((fact) => sql`${fact} boolean`)
  return sql`(
    select app.*, rule.outcome, case when rule."isSeeded" then app.wanted end as entry
    from ${appsInUse(rootOrganizationId)} app
    join json_to_recordset(${rules}::json) as rule (${listed(columns)}, outcome text, "isSeeded" boolean)
    using (${listed(facts)}))`
}

/** A `PlannedGroup` for each outcome that there is among these planned apps. */
export function plannedGroups(planned: SQL): SQL {
  return sql`
    select outcome, count(*)::int as apps, count(entry)::int as listed,
      (count(entry) filter (where "isInternal"))::int as "listedInternal",
      encode(sha256(string_agg(sha256(convert_to(concat_ws(' ', app_id, entry), 'UTF8')), '' order by app_id)), 'hex') as digest
    from ${planned} planned group by outcome order by outcome`
}

/**
 * The same fingerprint, the same effect on each app. People come and go all day; what is listed, left and asked for is what an
 * administrator agreed to.
 */
export function fingerprintOf(
  { version }: Pick<Standing, 'version'>,
  change: ModeChange,
  groups: readonly PlannedGroup[],
): string {
  const digests = groups.map(({ outcome, digest }) => [outcome, digest])
  return createHash('sha256')
    .update(JSON.stringify([version, change, digests]))
    .digest('base64url')
}

const listed = (parts: readonly SQL[] | readonly ReturnType<typeof sql.identifier>[]) =>
  sql.join([...parts], sql`, `)

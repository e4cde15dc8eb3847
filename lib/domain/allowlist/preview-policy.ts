import { sql } from 'drizzle-orm'
import { type Database, database } from '#db/client'
import { COUNTED_MAX } from '../../base/bounded-count.ts'
import { type Id, idOf, uuidOf } from '../../base/ids.ts'
import type { Actor } from '../permissions/actor.ts'
import { countNeedless } from './end-needless-requests.ts'
import { getPolicy } from './get-policy.ts'
import { changeOf, fingerprintOf, type PlannedGroup, plannedApps, plannedGroups } from './plan-policy.ts'
import { LEFT_ALONE, type ModeChange, type Outcome } from './rules.ts'
import type { Mode } from './schema.ts'

/** The most used apps are shown one by one; the rest are in the numbers. */
const PREVIEW_ROWS_MAX = 500

/** Half as many again as are counted: some use several of the most used apps. */
const MOST_USED_PEOPLE = COUNTED_MAX * 1.5

export type PreviewedApp = {
  appId: Id<'app'>
  name: string
  clientId: string
  publisher: string
  isInternal: boolean
  /** What else keeps it from getting tokens here, whatever the policy says. */
  held: 'frozen' | 'disabled' | null
  /** People with a live authorization. */
  people: number
  outcome: Outcome
  /** The scopes of the entry that is made or grows with the switch; null: none does. */
  entry: string[] | null
}

export type PolicyPreview = {
  from: Mode
  to: Mode
  /** Hand it to the change: it is refused if its effect is no longer this. */
  fingerprint: string
  /** Apps and people by what becomes of them. People count once in each group, up to 10,000; 10,001 stands for more. Of the apps, `listed` get or widen an entry. */
  groups: Partial<Record<Outcome, { apps: number; people: number; listed: number }>>
  /** How many entries are made or grow with it, of internal apps among them. */
  listed: { apps: number; internal: number }
  /** How many requests are closed with it, as nobody has to answer them any more. */
  closes: number
  apps: PreviewedApp[]
}

/** What a change of the mode will do, before anything is saved: which apps are listed, left alone, or need approval. `internalAutoApproval` previews that switch with it. */
export async function previewPolicy(
  actor: Actor,
  {
    rootOrganizationId,
    mode,
    internalAutoApproval,
  }: { rootOrganizationId: Id<'organization'>; mode: Mode; internalAutoApproval?: boolean },
  { shown = PREVIEW_ROWS_MAX } = {},
): Promise<PolicyPreview> {
  const policy = await getPolicy(actor, rootOrganizationId)
  const db = database()
  const standing = { ...policy, rootOrganizationId }
  const change = changeOf(standing, mode, internalAutoApproval)
  const look = await lookAtApps(db, rootOrganizationId, change, shown)
  const groups: PolicyPreview['groups'] = {}
  const listed = { apps: 0, internal: 0 }
  for (const group of look.groups) {
    groups[group.outcome] = {
      apps: group.apps,
      people: await countPeople(db, rootOrganizationId, look.used[group.outcome] ?? []),
      listed: group.listed,
    }
    listed.apps += group.listed
    listed.internal += group.listedInternal
  }
  return {
    from: policy.mode,
    to: mode,
    fingerprint: fingerprintOf(standing, change, look.groups),
    groups,
    listed,
    closes: await countNeedless(db, rootOrganizationId, {
      mode,
      internalAutoApproval: change.internalAfter,
    }),
    apps: look.apps.map(({ appUuid, ...app }) => ({ ...app, appId: idOf('app', appUuid) })),
  }
}

type Look = {
  groups: PlannedGroup[]
  apps: (Omit<PreviewedApp, 'appId'> & { appUuid: string })[]
  /** By outcome, the apps that somebody uses, the most used first. */
  used: Partial<Record<Outcome, UsedApp[]>>
}
type UsedApp = [uuid: string, people: number]

/** All that is shown of a change, from one look at the apps. What it leaves as it was comes last. */
async function lookAtApps(
  db: Database,
  rootOrganizationId: Id<'organization'>,
  change: ModeChange,
  rows: number,
): Promise<Look> {
  const isLeftAlone = sql`outcome = any(${sql.param([...LEFT_ALONE])}::text[])`
  const [look] = await db.execute<Look>(sql`
    with planned as materialized (select * from ${plannedApps({ rootOrganizationId }, change)} planned),
    shown as (
      select *, row_number() over (
        order by ${isLeftAlone}, people desc, name, app_id) as place
      from planned order by place limit ${rows}),
    used as (
      select outcome, json_agg(json_build_array(app_id, people) order by people desc, app_id) as apps
      from planned where people > 0 group by outcome)
    select
      (select coalesce(json_agg(g), '[]') from (${plannedGroups(sql`planned`)}) g) as groups,
      (select coalesce(json_object_agg(outcome, apps), '{}') from used) as used,
      (select coalesce(json_agg(json_build_object('appUuid', app_id, 'name', s.name, 'clientId', c.client_id, 'publisher', o.name,
          'isInternal', "isInternal", 'held', held, 'people', people, 'outcome', outcome, 'entry', entry)
          order by place), '[]')
        from shown s join connected_apps c on c.id = app_id join organizations o on o.id = c.root_organization_id) as apps`)
  if (!look) throw new Error('A statement without a table gave no row.')
  return look
}

/**
 * Who uses several apps counts once. The most used apps often say it for all: one app that more use than is counted, or a few
 * that have so many different people. Otherwise everybody who uses one of them is found, and the people of a single app are known.
 */
async function countPeople(
  db: Database,
  rootOrganizationId: Id<'organization'>,
  used: readonly UsedApp[],
): Promise<number> {
  const [most, second] = used
  if (!most) return 0
  const [, people] = most
  if (!second || people > COUNTED_MAX) return Math.min(people, COUNTED_MAX + 1)
  const few = mostUsed(used)
  const ofFew = await countDistinct(db, rootOrganizationId, few)
  if (ofFew > COUNTED_MAX || few.length === used.length) return ofFew
  return countDistinct(db, rootOrganizationId, used)
}

/** So many of them, the most used first, that their people would be enough if nobody used two. */
function mostUsed(used: readonly UsedApp[]): readonly UsedApp[] {
  let sum = 0
  const enough = used.findIndex(([, people]) => {
    sum += people
    return sum > MOST_USED_PEOPLE
  })
  return enough < 0 ? used : used.slice(0, enough + 1)
}

async function countDistinct(
  db: Database,
  rootOrganizationId: Id<'organization'>,
  apps: readonly UsedApp[],
): Promise<number> {
  const uuids = apps.map(([uuid]) => uuid)
  const [row] = await db.execute<{ people: number }>(sql`
    select count(*)::int as people from (
      select distinct user_id from live_authorizations
      where root_organization_id = ${uuidOf(rootOrganizationId)}::uuid and app_id = any(${sql.param(uuids)}::uuid[])
      limit ${COUNTED_MAX + 1}) people`)
  return row?.people ?? 0
}

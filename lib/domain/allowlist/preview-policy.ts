import { and, eq, inArray, sql } from 'drizzle-orm'
import { type Database, database } from '#db/client'
import { liveAuthorizations } from '#db/schema/authorizations'
import { connectedApps } from '#db/schema/connected-apps'
import { organizations } from '#db/schema/organizations'
import { COUNTED_MAX } from '../../base/bounded-count.ts'
import type { Id } from '../../base/ids.ts'
import type { Actor } from '../permissions/actor.ts'
import { countNeedless } from './end-needless-requests.ts'
import { getPolicy } from './get-policy.ts'
import { type PlannedApp, planPolicy } from './plan-policy.ts'
import type { Outcome } from './rules.ts'
import type { Mode } from './schema.ts'

/** The most used apps are shown one by one; the rest are in the numbers. */
const PREVIEW_ROWS_MAX = 500

/** Half as many again as are counted: some use several of the most used apps. */
const MOST_USED_PEOPLE = COUNTED_MAX * 1.5

export type PreviewedApp = Pick<
  PlannedApp,
  'appId' | 'isInternal' | 'held' | 'people' | 'outcome' | 'entry'
> & { name: string; clientId: string; publisher: string }

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
): Promise<PolicyPreview> {
  const policy = await getPolicy(actor, rootOrganizationId)
  const db = database()
  const plan = await planPolicy(db, { ...policy, rootOrganizationId }, mode, internalAutoApproval)
  const groups: PolicyPreview['groups'] = {}
  for (const [outcome, apps] of Map.groupBy(plan.apps, (app) => app.outcome)) {
    groups[outcome] = {
      apps: apps.length,
      people: await countPeople(db, rootOrganizationId, apps),
      listed: apps.filter((app) => app.entry !== null).length,
    }
  }
  const seeded = plan.apps.filter((app) => app.entry !== null)
  const shown = [...plan.apps.filter(isMet), ...plan.apps.filter((app) => !isMet(app))].slice(
    0,
    PREVIEW_ROWS_MAX,
  )
  return {
    from: policy.mode,
    to: mode,
    fingerprint: plan.fingerprint,
    groups,
    listed: { apps: seeded.length, internal: seeded.filter((app) => app.isInternal).length },
    closes: await countNeedless(db, rootOrganizationId, {
      mode,
      internalAutoApproval: internalAutoApproval ?? policy.internalAutoApproval,
    }),
    apps: await withNames(db, shown),
  }
}

async function withNames(db: Database, apps: readonly PlannedApp[]): Promise<PreviewedApp[]> {
  const { id, name, clientId } = connectedApps
  const ids = apps.map((app) => app.appId)
  const rows = await db
    .select({ id, name, clientId, publisher: organizations.name })
    .from(connectedApps)
    .innerJoin(organizations, eq(organizations.id, connectedApps.rootOrganizationId))
    .where(inArray(id, ids))
  const named = new Map(rows.map(({ id, ...words }) => [id, words]))
  return apps.flatMap(({ appId, isInternal, held, people, outcome, entry }) => {
    const words = named.get(appId)
    return words ? [{ appId, ...words, isInternal, held, people, outcome, entry }] : []
  })
}

/** What a change leaves as it was comes last. */
function isMet({ outcome }: PlannedApp): boolean {
  return outcome !== 'stays-open' && outcome !== 'stays-held' && outcome !== 'stays-blocked'
}

/**
 * Who uses several apps counts once. The most used apps often say it for all: one app that more use than is counted, or a few
 * that have so many different people. Otherwise everybody who uses one of them is found, and the people of a single app are known.
 */
async function countPeople(
  db: Database,
  rootOrganizationId: Id<'organization'>,
  apps: readonly PlannedApp[],
): Promise<number> {
  const used = apps.filter((app) => app.people > 0).toSorted((one, other) => other.people - one.people)
  const [most, second] = used
  if (!most) return 0
  if (!second || most.people > COUNTED_MAX) return Math.min(most.people, COUNTED_MAX + 1)
  const few = mostUsed(used)
  const ofFew = await countDistinct(db, rootOrganizationId, few)
  if (ofFew > COUNTED_MAX || few.length === used.length) return ofFew
  return countDistinct(db, rootOrganizationId, used)
}

/** So many of them, the most used first, that their people would be enough if nobody used two. */
function mostUsed(used: readonly PlannedApp[]): PlannedApp[] {
  const few: PlannedApp[] = []
  let people = 0
  for (const app of used) {
    few.push(app)
    people += app.people
    if (people > MOST_USED_PEOPLE) break
  }
  return few
}

async function countDistinct(
  db: Database,
  rootOrganizationId: Id<'organization'>,
  apps: readonly PlannedApp[],
): Promise<number> {
  const people = db
    .selectDistinct({ userId: liveAuthorizations.userId })
    .from(liveAuthorizations)
    .where(
      and(
        eq(liveAuthorizations.rootOrganizationId, rootOrganizationId),
        inArray(
          liveAuthorizations.appId,
          apps.map((app) => app.appId),
        ),
      ),
    )
    .limit(COUNTED_MAX + 1)
    .as('people')
  const [row] = await db.select({ people: sql<number>`count(*)::int` }).from(people)
  return row?.people ?? 0
}

import { createHash } from 'node:crypto'
import postgres from 'postgres'
import { database } from '#db/client'
import { countOwnedApps } from '#lib/domain/connected-apps/count-owned-apps'
import { listAppOwners } from '#lib/domain/connected-apps/list-app-owners'
import { listOwnedApps, selectOwnedApps } from '#lib/domain/connected-apps/list-owned-apps'
import { type ListOwnedAppsInput, listOwnedAppsSchema } from '#lib/domain/connected-apps/schema'
import { reachOf } from '#lib/domain/connected-apps/wanted-apps'
import { as } from '#test/actors'
import { prepareDatabase } from '../server/prepare-database.ts'
import { median, say, spread } from './say.ts'
import { type SeededApps, seedApps } from './seed-apps.ts'
import { settle } from './seed-product.ts'
import { openWorkbench, type Workbench } from './workbench.ts'

const FEW = 1_000
const MANY = 100_000
/** Each of the product's connections has prepared the statements by then. */
const ROUNDS_WARM_UP = 10
const ROUNDS = 15
const GROWTH_AIM = 1.5
const BARE_AIM = 2

/** Of the seventh app. */
const CLIENT_ID = createHash('md5').update('app 7').digest('hex')

type Wanted = Omit<ListOwnedAppsInput, 'organizationId'>
type Side = SeededApps & { apps: number; use: () => void; bare: postgres.Sql }

/** What an administrator asks for; each fills a page at both sizes. */
const CASES: Record<string, (side: Side) => Promise<Wanted> | Wanted> = {
  'first page': () => ({}),
  'by last use': () => ({ sort: 'last-used' }),
  'newest first': () => ({ sort: 'created' }),
  'search, one in fifteen': () => ({ search: 'scanner' }),
  'search, one app': () => ({ search: CLIENT_ID.slice(4, 16) }),
  'search by host': () => ({ search: 'app1' }),
  'filter: disabled': () => ({ filters: { state: 'disabled' } }),
  'filter: scope': () => ({ filters: { scope: 'email' } }),
  'filter: open to everyone, for itself': () => ({ filters: { audience: 'internal', actsAs: 'itself' } }),
  'filter: no secret that works, which none has': () => ({ filters: { secret: 'none' } }),
  'filter: secret over a year old': () => ({ filters: { secret: 'over-365-days' } }),
  'filter: one business group': ({ group }) => ({ filters: { residenceIds: [group.id] } }),
  'after half of them': async (side) => ({ cursor: await cursorAfter(side, 'name', side.apps / 2) }),
  'after half, by last use': async (side) => ({
    sort: 'last-used',
    cursor: await cursorAfter(side, 'last-used', side.apps / 2),
  }),
}

/**
 * A page of Owned Apps for the administrator of the whole tree, with 1,000 and with 100,000 apps, each in a database of its own,
 * asked in turn; beside it the same statement sent to Postgres bare. Besides: what is counted once, and who owns apps.
 */
export async function measure(): Promise<void> {
  const workbench = await openWorkbench()
  try {
    const sides = [await openSide(workbench, 'few', FEW), await openSide(workbench, 'many', MANY)]
    for (const [name, wantedOf] of Object.entries(CASES)) await measureCase(name, wantedOf, sides)
    await measureBesides('count all', sides, (side) =>
      countOwnedApps(as(side.organization.owner), { organizationId: side.organization.id }),
    )
    await measureBesides('count a search', sides, (side) =>
      countOwnedApps(as(side.organization.owner), {
        organizationId: side.organization.id,
        search: 'scanner',
      }),
    )
    await measureBesides('owners', sides, (side) =>
      listAppOwners(as(side.organization.owner), { organizationId: side.organization.id, search: 'owner 1' }),
    )
    for (const side of sides) await side.bare.end()
  } finally {
    await workbench.clear()
  }
}

/** Both databases stay connected: whichever is in use is the one that the product's code finds. */
const shared = globalThis as typeof globalThis & { gatehousePools?: object }

async function openSide(workbench: Workbench, name: string, apps: number): Promise<Side> {
  const url = await workbench.postgres.databaseUrl(name)
  await prepareDatabase(url, 'production')
  const pools = {}
  const use = () => {
    shared.gatehousePools = pools
    process.env.DATABASE_URL = url
  }
  use()
  const seeded = await seedApps(apps)
  await settle()
  // With plans made anew, as the product's own connections for lists have them.
  const bare = postgres(url, {
    max: 1,
    connection: { plan_cache_mode: 'force_custom_plan', TimeZone: 'UTC' },
  })
  return { ...seeded, apps, use, bare }
}

async function measureCase(
  name: string,
  wantedOf: (side: Side) => Promise<Wanted> | Wanted,
  sides: readonly Side[],
): Promise<void> {
  const taken = []
  for (const side of sides) {
    side.use()
    const input = { organizationId: side.organization.id, ...(await wantedOf(side)) }
    taken.push({
      side,
      input,
      bare: await bareStatement(side, input),
      product: [] as number[],
      alone: [] as number[],
    })
  }
  for (let round = 0; round < ROUNDS_WARM_UP + ROUNDS; round++) {
    for (const { side, input, bare, product, alone } of round % 2 ? taken : taken.toReversed()) {
      side.use()
      const asked = await timed(() => listOwnedApps(as(side.organization.owner), input))
      const sent = await timed(() => side.bare.unsafe(bare.sql, bare.params as never[]))
      const [rows, expected] = [asked.value.apps.length, Math.min(sent.value.length, 50)]
      if (rows !== expected || (rows === 0) !== name.endsWith('none has'))
        throw new Error(`${name}: ${rows} rows, not ${expected}.`)
      if (round < ROUNDS_WARM_UP) continue
      product.push(asked.milliseconds)
      alone.push(sent.milliseconds)
    }
  }
  const [few, many] = taken
  if (!few || !many) return
  const growth = median(many.product) / median(few.product)
  const above = median(many.product) / median(many.alone)
  say(
    `${name}: ${median(many.product).toFixed(1)} ms with ${MANY} (${spread(many.product, 1)}), ${median(few.product).toFixed(1)} ms with ${FEW}` +
      `\n  grows  ×${growth.toFixed(2)}${held(growth <= GROWTH_AIM)}, beside the bare statement's ${median(many.alone).toFixed(1)} ms  ×${above.toFixed(2)}${held(above <= BARE_AIM)}`,
  )
}

const held = (isHeld: boolean) => (isHeld ? '' : ' (missed)')

async function measureBesides(name: string, sides: readonly Side[], ask: (side: Side) => Promise<unknown>) {
  const words = []
  for (const side of sides) {
    side.use()
    const milliseconds = []
    for (let round = 0; round < ROUNDS; round++)
      milliseconds.push((await timed(() => ask(side))).milliseconds)
    words.push(`${median(milliseconds).toFixed(1)} ms with ${side.apps}`)
  }
  say(`${name}: ${words.reverse().join(', ')}`)
}

/** The statement behind the list, as text. */
async function bareStatement(side: Side, input: ListOwnedAppsInput) {
  const query = listOwnedAppsSchema.parse(input)
  const reach = await reachOf(database(), as(side.organization.owner), query.organizationId)
  return selectOwnedApps(reach, query).toSQL()
}

/** Where the list goes on after so many rows: found by walking there. */
async function cursorAfter(side: Side, sort: 'name' | 'last-used', rows: number): Promise<string> {
  let cursor: string | null = null
  for (let seen = 0; seen < rows; seen += 50) {
    const page: { next: string | null } = await listOwnedApps(as(side.organization.owner), {
      organizationId: side.organization.id,
      sort,
      cursor,
    })
    cursor = page.next
  }
  if (!cursor) throw new Error('The list ended before half of it.')
  return cursor
}

async function timed<T>(work: () => Promise<T>): Promise<{ value: T; milliseconds: number }> {
  const began = performance.now()
  const value = await work()
  return { value, milliseconds: performance.now() - began }
}

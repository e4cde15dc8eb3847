import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { closeDatabase } from '#db/client'
import { preparing } from '#db/preparing'
import { prepareDatabase } from '../server/prepare-database.ts'
import { median, say, spread } from './say.ts'
import type { Workbench } from './workbench.ts'

/** Each of the product's connections has prepared the statements by then. */
const ROUNDS_WARM_UP = 10
const ROUNDS = 15

/** A database beside others of the same shape, filled by `seed`. While it is in use, the product's code finds it. */
export type Side<Seeded> = { name: string; seeded: Seeded; use(): void; bare: Bare; close(): Promise<void> }

type Statement = { text: string; values: never[] }
type Bare = {
  /** What the product sends for `ask`, in its order. */
  statementsOf(ask: () => Promise<unknown>): Promise<Statement[]>
  /** The same sent anew, by a connection that knows nothing of the product. Returns how long it took. */
  send(statements: readonly Statement[]): Promise<number>
}

const shared = globalThis as typeof globalThis & { gatehousePools?: object }

export async function openSide<Seeded>(
  workbench: Workbench,
  name: string,
  seed: () => Promise<Seeded>,
): Promise<Side<Seeded>> {
  const url = await workbench.postgres.databaseUrl(name)
  await prepareDatabase(url, 'production')
  const pools = {}
  const use = () => {
    shared.gatehousePools = pools
    process.env.DATABASE_URL = url
  }
  use()
  const seeded = await seed()
  // With plans made anew, as the product's own connections for lists have them.
  const sql = postgres(url, {
    max: 1,
    connection: { plan_cache_mode: 'force_custom_plan', TimeZone: 'UTC' },
  })
  const bare: Bare = {
    async statementsOf(ask) {
      const sent: Statement[] = []
      shared.gatehousePools = {
        console: { sql, db: drizzle(preparing(listening(sql, sent)), { casing: 'snake_case' }) },
      }
      await ask()
      use()
      return sent
    },
    async send(statements) {
      const began = performance.now()
      for (const { text, values } of statements) await sql.unsafe(text, values, { prepare: true })
      return performance.now() - began
    },
  }
  return {
    name,
    seeded,
    use,
    bare,
    async close() {
      use()
      await closeDatabase()
      await sql.end()
    },
  }
}

/** The same connection, whose statements are written down. */
function listening(sql: postgres.Sql, sent: Statement[]): postgres.Sql {
  return new Proxy(sql, {
    get(target, name, self) {
      if (name !== 'unsafe') return Reflect.get(target, name, self)
      return (text: string, values: never[], options: postgres.UnsafeQueryOptions) => {
        sent.push({ text, values })
        return target.unsafe(text, values, options)
      }
    },
  })
}

/**
 * Asks for the same page on either side, in turn, and sends its statements bare beside it: without those of `rights`, which whoever
 * asks the database themselves does not need. Prints how the page grows from the first side to the second, and what comes on top of
 * the bare statements there.
 */
export async function compare<Seeded>(
  name: string,
  sides: readonly [Side<Seeded>, Side<Seeded>],
  {
    ask,
    rights,
  }: { ask: (side: Side<Seeded>) => Promise<unknown>; rights: (side: Side<Seeded>) => Promise<unknown> },
  aims: { growth: number; bare: number },
): Promise<void> {
  const taken = []
  for (const side of sides) {
    side.use()
    const checks = await side.bare.statementsOf(() => rights(side))
    const all = await side.bare.statementsOf(() => ask(side))
    const statements = all.filter(({ text }) => !checks.some((check) => check.text === text))
    taken.push({ side, statements, product: [] as number[], alone: [] as number[] })
  }
  for (let round = 0; round < ROUNDS_WARM_UP + ROUNDS; round++) {
    for (const { side, statements, product, alone } of round % 2 ? taken : taken.toReversed()) {
      side.use()
      const began = performance.now()
      await ask(side)
      const asked = performance.now() - began
      const sent = await side.bare.send(statements)
      if (round < ROUNDS_WARM_UP) continue
      product.push(asked)
      alone.push(sent)
    }
  }
  const [few, many] = taken
  if (!few || !many) return
  const growth = median(many.product) / median(few.product)
  const above = median(many.product) / median(many.alone)
  const held = (isHeld: boolean) => (isHeld ? '' : ' (missed)')
  say(
    `${name}: ${median(many.product).toFixed(1)} ms with ${many.side.name} (${spread(many.product, 1)}), ${median(few.product).toFixed(1)} ms with ${few.side.name}` +
      `\n  grows  ×${growth.toFixed(2)}${held(growth <= aims.growth)}, beside the bare statements’ ${median(many.alone).toFixed(1)} ms  ×${above.toFixed(2)}${held(above <= aims.bare)}`,
  )
}

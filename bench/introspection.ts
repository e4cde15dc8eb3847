import { tokenSql } from '#db/client'
import { type Expected, type Load, type Measured, type Post, postOf, startLoad } from './load.ts'
import { numbers, tokenValue } from './reference-data.ts'
import { median, say, spread } from './say.ts'
import { seedAuthorizations } from './seed-authorizations.ts'
import { settle } from './seed-product.ts'
import { type ServerProcess, startProduct } from './server-process.ts'
import { openSide } from './sides.ts'
import { freePort, openWorkbench, type Workbench } from './workbench.ts'

const FEW = 10_000
const MANY = 1_000_000
const CONNECTIONS = 64
/** Two processes of the same code differ by up to a sixth for as long as they live, on the very same data: what counts is many of them. */
const PAIRS = 8
const ROUNDS_WARM_UP = 2
const ROUNDS = 3
const REQUESTS = 10_000
const AIM = 0.9

type Volume = { tokens: number; databaseUrl: string; posts: Post[] }
/** What a pair of servers took, one of each volume. */
type Taken = { few: Measured[]; many: Measured[] }

/**
 * Introspection by the API that the tokens are for, with a million live tokens beside ten thousand: requests a second, and requests
 * for the same CPU of the server's process. Two servers run at the same time, on a database each, and are asked in turn, each time
 * for other tokens; then the next two.
 */
export async function measure(): Promise<void> {
  const workbench = await openWorkbench()
  const load = startLoad()
  try {
    const few = await seedVolume(workbench, FEW)
    const many = await seedVolume(workbench, MANY)
    const pairs: Taken[] = []
    for (let pair = 0; pair < PAIRS; pair++) pairs.push(await measurePair(workbench, load, few, many, pair))
    report(pairs)
  } finally {
    load.end()
    await workbench.clear()
  }
}

async function seedVolume(workbench: Workbench, tokens: number): Promise<Volume> {
  const side = await openSide(workbench, String(tokens), async () => {
    const seeded = await seedAuthorizations(tokens)
    await noteUses()
    await settle()
    return seeded
  })
  const posts = numbers(tokens, 7919).map((number) =>
    postOf('/oauth/introspect', side.seeded.asker, `token=${tokenValue('person', number)}`),
  )
  return { tokens, databaseUrl: await workbench.postgres.databaseUrl(side.name), posts }
}

/** Both start at once, and in every other pair it is the other one that is asked first. */
async function measurePair(
  workbench: Workbench,
  load: Load,
  few: Volume,
  many: Volume,
  pair: number,
): Promise<Taken> {
  const taken: Taken = { few: [], many: [] }
  const sides = await Promise.all([
    start(workbench, few).then((server) => ({ server, posts: few.posts, taken: taken.few })),
    start(workbench, many).then((server) => ({ server, posts: many.posts, taken: taken.many })),
  ])
  try {
    for (let round = 0; round < ROUNDS_WARM_UP + ROUNDS; round++) {
      for (const side of (pair + round) % 2 ? sides : sides.toReversed()) {
        const posts = turned(side.posts, (pair * (ROUNDS_WARM_UP + ROUNDS) + round) * REQUESTS)
        const order = { posts, expected: 'active' as Expected, connections: CONNECTIONS, count: REQUESTS }
        const measured = await load.measure(side.server, order)
        if (round >= ROUNDS_WARM_UP) side.taken.push(measured)
      }
    }
  } finally {
    for (const { server } of sides) await server.stop()
  }
  return taken
}

async function start(workbench: Workbench, { databaseUrl }: Volume): Promise<ServerProcess> {
  const port = await freePort()
  return startProduct({ ...workbench, port, publicUrl: `http://localhost:${port}`, databaseUrl })
}

/** A use is written once in five minutes, which \`last-use\` measures: asked again and again, few tokens would hardly be written, and many each time. */
async function noteUses(): Promise<void> {
  await tokenSql()`update token_families set last_used_at = now() where ended_at is null`
}

/** So many of them, from another one on. */
function turned(posts: readonly Post[], from: number): Post[] {
  return Array.from({ length: REQUESTS }, (_, at) => posts[(from + at) % posts.length] as Post)
}

function report(pairs: readonly Taken[]): void {
  const cpu = (taken: readonly Measured[]) => median(taken.map((one) => one.cpuMilliseconds))
  const rate = (taken: readonly Measured[]) => median(taken.map((one) => one.perSecond))
  const rates = pairs.map(({ few, many }) => rate(many) / rate(few))
  const kept = pairs.map(({ few, many }) => cpu(few) / cpu(many))
  const [few, many] = [pairs.flatMap((pair) => pair.few), pairs.flatMap((pair) => pair.many)]
  const shown = (taken: readonly Measured[]) => `${Math.round(rate(taken))}/s, ${cpu(taken).toFixed(3)} ms`
  say(
    `introspect a person’s token, ${CONNECTIONS} connections, ${MANY} live tokens beside ${FEW}, ${PAIRS} pairs of servers`,
  )
  say(
    `  requests a second           ×${median(rates).toFixed(2)} (${spread(rates, 2)}, ${verdictOf(rates)}), the database on the same cores`,
  )
  say(`  requests for the same CPU   ×${median(kept).toFixed(2)} (${spread(kept, 2)}, ${verdictOf(kept)})`)
  say(`  with ${MANY}: ${shown(many)} · with ${FEW}: ${shown(few)}`)
}

function verdictOf(ratios: readonly number[]): string {
  return `aim ${AIM}: ${median(ratios) >= AIM ? 'held' : 'MISSED'}`
}

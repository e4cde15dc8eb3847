import { tokenSql } from '#db/client'
import { type Expected, type Measured, type Post, postOf, startLoad } from './load.ts'
import { numbers, tokenValue } from './reference-data.ts'
import { median, say, spread } from './say.ts'
import { seedAuthorizations } from './seed-authorizations.ts'
import { settle } from './seed-product.ts'
import { type ServerProcess, startProduct } from './server-process.ts'
import { openSide } from './sides.ts'
import { freePort, openWorkbench } from './workbench.ts'

const FEW = 10_000
const MANY = 1_000_000
const CONNECTIONS = 64
const ROUNDS_WARM_UP = 1
const ROUNDS = 7
const REQUESTS = 10_000
const AIM = 0.9

/**
 * Introspection by the API that the tokens are for, with a million live tokens beside ten thousand: requests for the same CPU of the
 * server's process. Both servers run at the same time, on a database each, and are asked in turn, each time for other tokens.
 */
export async function measure(): Promise<void> {
  const workbench = await openWorkbench()
  const load = startLoad()
  const servers: ServerProcess[] = []
  try {
    const sides = []
    for (const tokens of [FEW, MANY]) {
      const side = await openSide(workbench, String(tokens), async () => {
        const seeded = await seedAuthorizations(tokens)
        await noteUses()
        await settle()
        return seeded
      })
      const port = await freePort()
      const publicUrl = `http://localhost:${port}`
      const databaseUrl = await workbench.postgres.databaseUrl(String(tokens))
      const server = await startProduct({ ...workbench, port, publicUrl, databaseUrl })
      servers.push(server)
      const posts = numbers(tokens, 7919).map((number) =>
        postOf('/oauth/introspect', side.seeded.asker, `token=${tokenValue('person', number)}`),
      )
      sides.push({ tokens, server, posts, taken: [] as Measured[] })
    }
    for (let round = 0; round < ROUNDS_WARM_UP + ROUNDS; round++) {
      for (const { server, posts, taken } of round % 2 ? sides : sides.toReversed()) {
        const order = {
          posts: turned(posts, round * REQUESTS),
          expected: 'active' as Expected,
          connections: CONNECTIONS,
        }
        const measured = await load.measure(server, { ...order, count: REQUESTS })
        if (round >= ROUNDS_WARM_UP) taken.push(measured)
      }
    }
    const [few, many] = sides
    if (few && many) report(few, many)
    for (const server of servers) await server.stop()
  } finally {
    load.end()
    await workbench.clear()
  }
}

/** A use is written once in five minutes, which \`last-use\` measures: asked again and again, few tokens would hardly be written, and many each time. */
async function noteUses(): Promise<void> {
  await tokenSql()`update token_families set last_used_at = now() where ended_at is null`
}

/** So many of them, from another one on. */
function turned(posts: readonly Post[], from: number): Post[] {
  return Array.from({ length: REQUESTS }, (_, at) => posts[(from + at) % posts.length] as Post)
}

function report(few: { taken: Measured[] }, many: { taken: Measured[] }): void {
  const cpu = (side: { taken: Measured[] }) => side.taken.map((one) => one.cpuMilliseconds)
  const kept = cpu(few).map((value, round) => value / (cpu(many)[round] as number))
  const rate = (side: { taken: Measured[] }) => median(side.taken.map((one) => one.perSecond))
  const shown = (side: { taken: Measured[] }) =>
    `${median(cpu(side)).toFixed(3)} ms, ${Math.round(rate(side))}/s`
  say(`introspect a person’s token, ${CONNECTIONS} connections, ${MANY} live tokens beside ${FEW}`)
  say(
    `  requests for the same CPU   ×${median(kept).toFixed(2)} (${spread(kept, 2)}, aim ${AIM}: ${median(kept) >= AIM ? 'held' : 'MISSED'})`,
  )
  say(`  requests a second           ×${(rate(many) / rate(few)).toFixed(2)}, the database on the same cores`)
  say(`  with ${MANY}: ${shown(many)} · with ${FEW}: ${shown(few)}`)
}

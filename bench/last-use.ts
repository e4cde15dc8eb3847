import { isNotNull } from 'drizzle-orm'
import { database } from '#db/client'
import { appSecrets } from '#db/schema/connected-apps'
import { makeApp, makeOrganization } from '#test/factories'
import { type Measured, type Post, startLoad } from './load.ts'
import { median, say, spread } from './say.ts'
import { settle } from './seed-product.ts'
import { type ServerProcess, startProduct } from './server-process.ts'
import { freePort, openWorkbench } from './workbench.ts'

const APPS = 500
const CONNECTIONS = 64
const ROUNDS = 6
const REQUESTS_WARM_UP = 3000
/** So many that what was gathered is written while they run: every ten seconds. */
const REQUESTS = 30_000
const AIM = 0.95

type Side = 'recording' | 'not recording'

/**
 * The token endpoint with last use recorded, beside the same product from whose process the recording was taken out: CPU
 * time of a request, and requests a second. Both run at the same time and are asked in turn; all rounds together count,
 * because what is written every ten seconds falls into some of them.
 */
export async function measure(): Promise<void> {
  const workbench = await openWorkbench()
  const organization = await makeOrganization({ name: 'Bench' })
  const posts: Post[] = []
  while (posts.length < APPS) {
    const app = await makeApp({ organization, actsAs: 'itself', scopes: ['profile'] })
    const credentials = Buffer.from(`${app.clientId}:${app.secret}`).toString('base64')
    const body = 'grant_type=client_credentials&scope=profile'
    posts.push({ path: '/oauth/token', authorization: `Basic ${credentials}`, body })
  }
  await settle()
  const port = await freePort()
  const load = startLoad()
  const servers: Record<Side, ServerProcess> = {
    recording: await startProduct(workbench),
    'not recording': await startProduct(
      { ...workbench, port, publicUrl: `http://localhost:${port}` },
      './bench/without-last-use.ts',
    ),
  }
  const taken: Record<Side, Measured[]> = { recording: [], 'not recording': [] }
  const ask = (side: Side, count: number) =>
    load.measure(servers[side], { posts, expected: 'a-new-token', connections: CONNECTIONS, count })
  const sides = Object.keys(servers) as Side[]
  try {
    // Alone at first: nothing is recorded of what it is asked.
    await ask('not recording', REQUESTS_WARM_UP)
    refuseUnless((await recorded()) === 0, 'The server that records nothing recorded something.')
    await ask('recording', REQUESTS_WARM_UP)
    for (let round = 0; round < ROUNDS; round++) {
      // Whoever comes first meets another moment of the machine each time.
      for (const side of round % 2 ? sides : [...sides].reverse()) taken[side].push(await ask(side, REQUESTS))
    }
    await Promise.all(sides.map((side) => servers[side].stop()))
    refuseUnless((await recorded()) === APPS, 'Last use was not recorded of every secret.')
    report(taken)
  } finally {
    load.end()
    await workbench.clear()
  }
}

function report(taken: Record<Side, Measured[]>): void {
  const cpu = (side: Side) => taken[side].map((one) => one.cpuMilliseconds)
  const rate = (side: Side) => taken[side].map((one) => one.perSecond)
  const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0)
  const kept = sum(cpu('not recording')) / sum(cpu('recording'))
  const each = cpu('not recording').map((value, round) => value / (cpu('recording')[round] as number))
  const speed = median(rate('recording')) / median(rate('not recording'))
  const shown = (side: Side) =>
    `${(sum(cpu(side)) / ROUNDS).toFixed(4)} ms, ${Math.round(median(rate(side)))}/s`
  say(`issue a token by client credentials, ${CONNECTIONS} connections, ${APPS} apps in use`)
  say(
    `  requests for the same CPU   ×${kept.toFixed(3)} of without recording (${spread(each, 3)}, aim ${AIM}: ${kept >= AIM ? 'held' : 'MISSED'})`,
  )
  say(`  requests a second           ×${speed.toFixed(3)}`)
  say(`  recording ${shown('recording')} · not recording ${shown('not recording')}`)
}

async function recorded(): Promise<number> {
  return database().$count(appSecrets, isNotNull(appSecrets.lastUsedAt))
}

function refuseUnless(isRight: boolean, sentence: string): void {
  if (!isRight) throw new Error(sentence)
}

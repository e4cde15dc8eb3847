import { type MadeApp, makeApp, makeOrganization } from '#test/factories'
import { type Expected, type Issued, type Load, type Measured, type Post, postOf, startLoad } from './load.ts'
import { fillReference, numbers, SCOPES, tokenValue } from './reference-data.ts'
import { median, say, spread } from './say.ts'
import { seedApi, seedOwnTokens, seedPeople, seedYeses, settle } from './seed-product.ts'
import { type ServerProcess, startProduct, startReference } from './server-process.ts'
import { freePort, openWorkbench } from './workbench.ts'

const APPS = 50
/** A deployment serves many organizations, each with hundreds: more than the library's own cache of clients holds. */
const OWN_APPS = 2000
const PEOPLE = 1000
const APP_TOKENS = 6000
const CONNECTIONS = [16, 64]
const ROUNDS = 7
const REQUESTS_WARM_UP = 3000
const REQUESTS = 5000

type Servers = { product: ServerProcess; naive: ServerProcess; memory: ServerProcess }
type Kind = { title: string; aim: number | null; posts: Post[]; expected: Expected }

/**
 * Issuing with client credentials and introspecting live tokens: CPU time of the server process for one request, the
 * product beside the bare library on a naive Postgres adapter and beside the library on no database at all. All three run at
 * the same time and are asked in turn, so that a slow moment of the machine meets each of them.
 */
export async function measure(): Promise<void> {
  const workbench = await openWorkbench()
  const organization = await makeOrganization({ name: 'Bench' })
  const asker = await seedApi(organization)
  const forPeople = await makeApps(() => makeApp({ organization, scopes: SCOPES }))
  const own = { organization, actsAs: 'itself' as const, scopes: SCOPES }
  const forThemselves = await makeApps(() => makeApp(own), OWN_APPS)
  await seedPeople(organization, PEOPLE)
  for (const [at, app] of forPeople.entries())
    await seedYeses(organization, app, { people: PEOPLE, firstToken: at * PEOPLE + 1 })
  await seedOwnTokens(forThemselves, APP_TOKENS)
  await settle()

  const referenceUrl = await workbench.postgres.databaseUrl('reference')
  const counts = { personTokens: APPS * PEOPLE, appTokens: APP_TOKENS }
  await fillReference(referenceUrl, { asker, forPeople, forThemselves }, counts)

  const load = startLoad()
  try {
    for (const kind of kinds(asker, forThemselves)) {
      // Fresh ones each time: no side is slower for what it was asked before.
      const servers = {
        product: await startProduct(workbench),
        naive: await startReference('postgres', referenceUrl, await freePort()),
        memory: await startReference('memory', referenceUrl, await freePort()),
      }
      for (const connections of CONNECTIONS) await compare(load, servers, kind, connections)
      await Promise.all(Object.values(servers).map((server) => server.stop()))
    }
  } finally {
    load.end()
    await workbench.clear()
  }
}

function kinds(asker: MadeApp, forThemselves: MadeApp[]): Kind[] {
  const scope = encodeURIComponent(SCOPES.join(' '))
  return [
    {
      title: 'issue a token by client credentials',
      aim: 1.5,
      expected: 'a-new-token',
      posts: forThemselves.map((app) =>
        postOf('/oauth/token', app, `grant_type=client_credentials&scope=${scope}`),
      ),
    },
    {
      title: 'introspect a person’s token, as the API it is for',
      aim: 2.5,
      expected: 'active',
      posts: numbers(APPS * PEOPLE, 7919).map((number) =>
        postOf('/oauth/introspect', asker, `token=${tokenValue('person', number)}`),
      ),
    },
    {
      title: 'introspect an app’s own token, as that app',
      aim: 2.5,
      expected: 'active',
      posts: numbers(APP_TOKENS, 31).map((number) => {
        const app = forThemselves[number % OWN_APPS] as MadeApp
        return postOf('/oauth/introspect', app, `token=${tokenValue('app', number)}`)
      }),
    },
  ]
}

async function compare(load: Load, servers: Servers, kind: Kind, connections: number): Promise<void> {
  const { posts, expected } = kind
  const order = { posts, expected, connections, count: REQUESTS }
  const taken: Record<keyof Servers, Measured[]> = { product: [], naive: [], memory: [] }
  const names = Object.keys(servers) as (keyof Servers)[]
  for (const name of names) await load.measure(servers[name], { ...order, count: REQUESTS_WARM_UP })
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of names) {
      const measured = await load.measure(servers[name], order)
      taken[name].push(measured)
      await refuseDeadTokens(load, servers[name], measured.issued)
    }
  }
  report(kind, connections, taken)
}

/** What was just issued is alive: nobody hands out tokens that were never kept. */
async function refuseDeadTokens(load: Load, server: ServerProcess, issued: Issued[]): Promise<void> {
  const posts = issued.map(({ token, authorization }) => ({
    path: '/oauth/introspect',
    authorization,
    body: `token=${token}`,
  }))
  await load.measure(server, { posts, expected: 'active', connections: 1, count: posts.length })
}

function report(kind: Kind, connections: number, taken: Record<keyof Servers, Measured[]>): void {
  const cpu = (name: keyof Servers) => taken[name].map((one) => one.cpuMilliseconds)
  const rate = (name: keyof Servers) => median(taken[name].map((one) => one.perSecond))
  const ratios = (over: keyof Servers, of: keyof Servers) =>
    cpu(over).map((value, round) => value / (cpu(of)[round] as number))
  const toNaive = ratios('naive', 'product')
  const ratio = median(toNaive)
  const verdict = kind.aim === null ? '' : `, aim 1/${kind.aim}: ${ratio >= kind.aim ? 'held' : 'MISSED'}`
  const shown = (name: keyof Servers) => `${median(cpu(name)).toFixed(3)} ms, ${Math.round(rate(name))}/s`
  say(`${kind.title}, ${connections} connections`)
  say(`  CPU of one request   1/${ratio.toFixed(2)} of the naive adapter’s (${spread(toNaive, 2)}${verdict})`)
  say(`                       ×${median(ratios('product', 'memory')).toFixed(2)} of the in-memory adapter’s`)
  say(
    `                       1/${median(ratios('naive', 'memory')).toFixed(2)} would be the library on no database`,
  )
  say(`  requests a second    ×${(rate('product') / rate('naive')).toFixed(2)} of the naive adapter’s`)
  say(`  product ${shown('product')} · naive ${shown('naive')} · in memory ${shown('memory')}`)
}

async function makeApps(make: () => Promise<MadeApp>, count = APPS): Promise<MadeApp[]> {
  const apps: MadeApp[] = []
  while (apps.length < count) apps.push(await make())
  return apps
}

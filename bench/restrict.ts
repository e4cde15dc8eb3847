import { setTimeout as pause } from 'node:timers/promises'
import { tokenSql } from '#db/client'
import { uuidOf } from '#lib/base/ids'
import { tradePassword } from '#lib/domain/users/trade-password'
import { type MadeApp, makeApp } from '#test/factories'
import { postOf } from './load.ts'
import { numbers, tokenValue } from './reference-data.ts'
import { median, say, spread } from './say.ts'
import { type SeededAuthorizations, seedAuthorizations } from './seed-authorizations.ts'
import { settle } from './seed-product.ts'
import { startProduct } from './server-process.ts'
import { type Answered, startSteady } from './steady.ts'
import { openWorkbench } from './workbench.ts'

const AUTHORIZATIONS = 1_000_000
const OWN_APPS = 200
const ROUNDS_WARM_UP = 2
const ROUNDS = 20
/** What two cores take easily besides a database: what waits, waits for the switch. */
const REQUESTS_PER_SECOND = 150
const CONNECTIONS = 64
const SECONDS_BETWEEN = 3
const AIM = 2

/**
 * The switch of a root organization to Restricted, with a million live authorizations, by the API of a server that issues and
 * introspects tokens at a fixed rate meanwhile. How long the switch takes, and how long an answer: of the requests that were due
 * while it ran, beside those of as long a time right before.
 */
export async function measure(): Promise<void> {
  const workbench = await openWorkbench()
  try {
    const seeded = await seedAuthorizations(AUTHORIZATIONS)
    const { organization } = seeded
    const own: MadeApp[] = []
    while (own.length < OWN_APPS)
      own.push(await makeApp({ organization, actsAs: 'itself', scopes: ['profile'] }))
    await settle()
    const token = await personalToken(seeded)
    const server = await startProduct(workbench)
    const scope = 'grant_type=client_credentials&scope=profile'
    const traffic = startSteady(server, {
      perSecond: REQUESTS_PER_SECOND,
      connections: CONNECTIONS,
      kinds: [
        { expected: 'a-new-token', posts: own.map((app) => postOf('/oauth/token', app, scope)) },
        {
          expected: 'active',
          posts: numbers(AUTHORIZATIONS, 7919)
            .slice(0, 50_000)
            .map((number) =>
              postOf('/oauth/introspect', seeded.asker, `token=${tokenValue('person', number)}`),
            ),
        },
      ],
    })
    const switches: Switch[] = []
    const policy = `http://localhost:${server.port}/api/v1/organizations/${organization.id}/policy`
    for (let round = 0; round < ROUNDS_WARM_UP + ROUNDS; round++) {
      const fingerprint = await previewOnce(policy, token)
      await pause(SECONDS_BETWEEN * 1000)
      const done = await restrictOnce(policy, token, fingerprint)
      if (round >= ROUNDS_WARM_UP) switches.push(done)
      await bringBack(seeded)
    }
    report(switches, await traffic.stop())
    await server.stop()
  } finally {
    await workbench.clear()
  }
}

type Switch = { began: number; milliseconds: number; listed: number }

/** What the console asks before it asks for the switch, and sends with it. */
async function previewOnce(policy: string, token: string): Promise<string> {
  const answer = await fetch(`${policy}/preview?mode=restricted`, {
    headers: { authorization: `Bearer ${token}` },
  })
  const { fingerprint } = (await answer.json()) as { fingerprint?: string }
  if (!fingerprint) throw new Error(`There was no preview: ${answer.status}`)
  return fingerprint
}

async function restrictOnce(policy: string, token: string, expectedFingerprint: string): Promise<Switch> {
  const began = Date.now()
  const answer = await fetch(`${policy}/mode`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ mode: 'restricted', expectedFingerprint }),
  })
  const milliseconds = Date.now() - began
  if (!answer.ok) throw new Error(`The switch was refused: ${answer.status} ${await answer.text()}`)
  const [found] = await tokenSql()<{ listed: number }[]>`
    select count(*)::int as listed from allowlist_entries where origin = 'seeded'`
  return { began, milliseconds, listed: found?.listed ?? 0 }
}

/** What no verb can do: as if it had never been. */
async function bringBack({ organization }: SeededAuthorizations): Promise<void> {
  const sql = tokenSql()
  const root = uuidOf(organization.id)
  await sql`delete from allowlist_entries where root_organization_id = ${root} and origin = 'seeded'`
  await sql`update allowlist_entries set scopes = scopes[1 : 1] where root_organization_id = ${root}`
  await sql`update allowlists set mode = 'unrestricted' where root_organization_id = ${root}`
}

/** A person's own, as scripts get one for a password. */
async function personalToken({ organization: { id, owner } }: SeededAuthorizations): Promise<string> {
  const sql = tokenSql()
  await sql`update organizations set allows_password_tokens = true where id = ${uuidOf(id)}`
  await sql`update users set home_organization_id = ${uuidOf(id)} where id = ${uuidOf(owner.id)}`
  return (await tradePassword({ ip: '127.0.0.1', userAgent: 'bench' }, owner.id)).token
}

function report(switches: readonly Switch[], answered: readonly Answered[]): void {
  const within = (from: number, to: number) =>
    answered.filter(({ dueAt }) => dueAt >= from && dueAt < to).map((one) => one.milliseconds)
  const during = switches.flatMap(({ began, milliseconds }) => within(began, began + milliseconds))
  const before = switches.flatMap(({ began, milliseconds }) => within(began - milliseconds, began))
  const ratio = quantile(during, 0.99) / quantile(before, 0.99)
  const took = switches.map((one) => one.milliseconds)
  const listed = switches[0]?.listed ?? 0
  say(
    `switch to Restricted with ${AUTHORIZATIONS} live authorizations, which lists ${listed} apps, ${ROUNDS} times`,
  )
  say(`  time   ${median(took).toFixed(0)} ms (${spread(took, 0)})`)
  say(
    `  tokens issued and introspected, ${REQUESTS_PER_SECOND} a second: p99 ×${ratio.toFixed(2)} (aim ${AIM}: ${ratio <= AIM ? 'held' : 'MISSED'})`,
  )
  for (const [name, values] of Object.entries({ before, during }))
    say(
      `    ${name}: p50 ${quantile(values, 0.5).toFixed(1)} ms, p99 ${quantile(values, 0.99).toFixed(1)} ms, of ${values.length}`,
    )
}

function quantile(values: readonly number[], share: number): number {
  return [...values].sort((a, b) => a - b)[Math.ceil(values.length * share) - 1] ?? Number.NaN
}

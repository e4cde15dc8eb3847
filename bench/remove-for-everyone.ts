import { tokenSql } from '#db/client'
import { uuidOf } from '#lib/base/ids'
import { removeForEveryone } from '#lib/domain/authorizations/remove-for-everyone'
import { as } from '#test/actors'
import { makeApp, makeOrganization } from '#test/factories'
import { SCOPES } from './reference-data.ts'
import { median, say, spread } from './say.ts'
import { seedApi, seedPeople, seedYeses, settle } from './seed-product.ts'
import { openWorkbench } from './workbench.ts'

const FEW = 10
const MANY = 1_000_000
const ROUNDS_WARM_UP = 5
const ROUNDS = 40

/**
 * Remove for everyone, of an app with few live tokens and of one with many, in the same organization: each token of another
 * person, so that yeses, families and tokens all grow alike. Afterwards every token is dead.
 */
export async function measure(): Promise<void> {
  const workbench = await openWorkbench()
  try {
    const organization = await makeOrganization({ name: 'Bench' })
    await seedApi(organization)
    await seedPeople(organization, MANY)
    const shape = { organization, audience: 'everyone' as const, scopes: SCOPES }
    const few = { app: await makeApp(shape), tokens: FEW, milliseconds: [] as number[] }
    const many = { app: await makeApp(shape), tokens: MANY, milliseconds: [] as number[] }
    const sides = [few, many]
    for (const { app, tokens } of sides)
      await seedYeses(organization, app, { people: tokens, firstToken: tokens + 1 })
    await settle()

    for (const { app, tokens } of sides) await refuseOtherNumber(app.id, tokens)
    for (let round = 0; round < ROUNDS_WARM_UP + ROUNDS; round++) {
      // In turn, and each first as often as the other.
      for (const { app, milliseconds } of round % 2 ? sides : sides.toReversed()) {
        const began = performance.now()
        await removeForEveryone(as(organization.owner), {
          appId: app.id,
          rootOrganizationId: organization.id,
        })
        if (round >= ROUNDS_WARM_UP) milliseconds.push(performance.now() - began)
        // Counting a million dead ones takes as long as counting as many that live.
        else await refuseOtherNumber(app.id, 0)
        await bringBack(app.id)
      }
    }
    for (const { app, tokens } of sides) await refuseOtherNumber(app.id, tokens)
    const ratio = median(many.milliseconds) / median(few.milliseconds)
    say(`remove an app for everyone, with ${MANY} live tokens beside ${FEW}`)
    say(`  time   ×${ratio.toFixed(2)}`)
    for (const { tokens, milliseconds } of sides)
      say(`  with ${tokens}: ${median(milliseconds).toFixed(1)} ms (${spread(milliseconds, 1)})`)
  } finally {
    await workbench.clear()
  }
}

async function refuseOtherNumber(appId: string, expected: number): Promise<void> {
  const [found] = await tokenSql()<{ alive: number }[]>`
    select count(*)::int as alive from live_tokens where app_id = ${uuidOf(appId)}`
  if (found?.alive !== expected) throw new Error(`${found?.alive} tokens live, not ${expected}.`)
}

/** What no verb can do: an epoch earlier, every token lives again. */
async function bringBack(appId: string): Promise<void> {
  await tokenSql()`update installations set epoch = epoch - 1 where app_id = ${uuidOf(appId)}`
}

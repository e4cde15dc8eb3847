import { eq } from 'drizzle-orm'
import { database, tokenSql } from '#db/client'
import { liveAuthorizations } from '#db/schema/authorizations'
import { connectedApps } from '#db/schema/connected-apps'
import { users } from '#db/schema/users'
import { writeCursor } from '#lib/base/cursor'
import type { Id } from '#lib/base/ids'
import { previewPolicy } from '#lib/domain/allowlist/preview-policy'
import { countAuthorizedApps } from '#lib/domain/authorizations/count-authorized-apps'
import { countTokensOfApp } from '#lib/domain/authorizations/count-tokens-of-app'
import { getAuthorizedApp } from '#lib/domain/authorizations/get-authorized-app'
import { listAuthorizedApps } from '#lib/domain/authorizations/list-authorized-apps'
import { listMyAuthorizations } from '#lib/domain/authorizations/list-my-authorizations'
import { listPeopleOfApp } from '#lib/domain/authorizations/list-people-of-app'
import { listTokenFamilies } from '#lib/domain/authorizations/list-token-families'
import { previewRemoval } from '#lib/domain/authorizations/preview-removal'
import { getPerson } from '#lib/domain/people/get-person'
import type { Actor } from '#lib/domain/permissions/actor'
import { checkInRoot } from '#lib/domain/permissions/check-root'
import { as } from '#test/actors'
import { say } from './say.ts'
import {
  APPS,
  clientIdOf,
  emailOf,
  type SeededAuthorizations,
  seedAuthorizations,
  usernameOf,
} from './seed-authorizations.ts'
import { settle } from './seed-product.ts'
import { compare, openSide, type Side } from './sides.ts'
import { openWorkbench } from './workbench.ts'

const FEW = 10_000
const MANY = 1_000_000
const AIMS = { growth: 1.3, bare: 1.5 }

type Here = Side<Seeded>
type Seeded = SeededAuthorizations & Awaited<ReturnType<typeof findExamples>>
type Wanted = Omit<Parameters<typeof listAuthorizedApps>[1], 'rootOrganizationId'>

/** What an administrator asks the Authorizations page for; each fills it at both sizes, but where it says that it looks for one. */
const LISTS: Record<string, (here: Here) => Wanted> = {
  'first page': () => ({}),
  'by name': () => ({ sort: 'name' }),
  'by people': () => ({ sort: 'people' }),
  'after half of them': ({ seeded }) => ({ cursor: seeded.halfway['last-used'] }),
  'after half, by name': ({ seeded }) => ({ sort: 'name', cursor: seeded.halfway.name }),
  'search, one in fifteen': () => ({ search: 'scanner' }),
  'search by publisher': () => ({ search: 'publisher 7' }),
  'search for one app': () => ({ search: clientIdOf(4321) }),
  'search for one person': () => ({ search: emailOf(77) }),
  'filter: internal': () => ({ isInternal: true }),
  'filter: other organizations’': () => ({ isInternal: false }),
  'filter: scope': () => ({ scope: 'bench:scope-07' }),
  'filter: high risk': () => ({ risk: 'high' }),
  'filter: listed': () => ({ listing: 'listed' }),
  'filter: asks for more': () => ({ listing: 'asks-more' }),
  'filter: not listed': () => ({ listing: 'not-listed' }),
  'filter: unused for 90 days': () => ({ unusedForDays: 90 }),
  'filter: never used, internal, by name': () => ({ isUsed: false, isInternal: true, sort: 'name' }),
}

/** What is counted once beside the page. */
const COUNTS = ['first page', 'search, one in fifteen', 'search for one person', 'filter: high risk'] as const

/** What is asked about one app, or one person. */
const DETAILS: Record<string, (here: Here) => Promise<unknown>> = {
  'details of an app in the middle': (here) => ask(here, getAuthorizedApp, { appId: here.seeded.middle }),
  'details of the most used app': (here) => ask(here, getAuthorizedApp, { appId: here.seeded.mostUsed }),
  'its tokens, counted beside them': (here) => ask(here, countTokensOfApp, { appId: here.seeded.mostUsed }),
  'what its removal would end': (here) => ask(here, previewRemoval, { appId: here.seeded.mostUsed }),
  'its people': (here) => ask(here, listPeopleOfApp, { appId: here.seeded.mostUsed }),
  'its people, after half of them': (here) =>
    ask(here, listPeopleOfApp, { appId: here.seeded.mostUsed, cursor: here.seeded.halfway.people }),
  'one of its people': (here) =>
    ask(here, listPeopleOfApp, { appId: here.seeded.mostUsed, search: emailOf(5) }),
  'a person’s token families': (here) =>
    ask(here, listTokenFamilies, { authorizationId: here.seeded.authorizationId }),
  'a person as an administrator sees them': ({ seeded }) =>
    getPerson(as(seeded.organization.owner), {
      organizationId: seeded.organization.id,
      userId: seeded.busy.id,
    }),
  'what Restricted would do': (here) => ask(here, previewPolicy, { mode: 'restricted' as const }),
  'My apps': ({ seeded }) => listMyAuthorizations(as(seeded.busy)),
}

/**
 * The Authorizations page, an app's details and a person's view with 10,000 and with 1,000,000 live authorizations of 5,000 apps,
 * each in a database of its own, asked in turn; beside it the same statements sent to Postgres bare.
 */
export async function measure(): Promise<void> {
  const workbench = await openWorkbench()
  try {
    const few = await openSide(workbench, String(FEW), () => seed(FEW))
    const many = await openSide(workbench, String(MANY), () => seed(MANY))
    const sides = [few, many] as const
    for (const [name, wanted] of Object.entries(LISTS)) {
      const page = async (here: Here) => {
        const { rows } = await ask(here, listAuthorizedApps, wanted(here))
        if (rows.length === 0) throw new Error(`${name}: nothing is found.`)
      }
      await compare(name, sides, { ask: page, rights }, AIMS)
    }
    for (const name of COUNTS) {
      const count = (here: Here) => ask(here, countAuthorizedApps, LISTS[name]?.(here) ?? {})
      await compare(`count of ${name}`, sides, { ask: count, rights }, AIMS)
    }
    for (const [name, details] of Object.entries(DETAILS))
      await compare(name, sides, { ask: details, rights }, AIMS)
    for (const side of sides) await side.close()
  } finally {
    await workbench.clear()
  }
}

async function seed(authorizations: number): Promise<Seeded> {
  const seeded = await seedAuthorizations(authorizations)
  await settle()
  await refuseOtherNumber(authorizations)
  return { ...seeded, ...(await findExamples()) }
}

async function refuseOtherNumber(expected: number): Promise<void> {
  const [found] = await tokenSql()<{ yeses: number; tokens: number }[]>`
    select (select count(*)::int from live_authorizations) as yeses, (select count(*)::int from live_tokens) as tokens`
  if (found?.yeses !== expected || found.tokens < expected)
    throw new Error(`${found?.yeses} yeses and ${found?.tokens} tokens live, not ${expected}.`)
  say(`${found.yeses} live authorizations with ${found.tokens} live tokens of ${APPS} apps`)
}

async function findExamples() {
  const appOf = async (rank: number) => {
    const [app] = await database()
      .select({ id: connectedApps.id })
      .from(connectedApps)
      .where(eq(connectedApps.clientId, clientIdOf(rank)))
    if (!app) throw new Error(`There is no app ${rank}.`)
    return app.id
  }
  const personOf = async (number: number) => {
    const [person] = await database()
      .select()
      .from(users)
      .where(eq(users.username, usernameOf(number)))
    if (!person) throw new Error(`There is no person ${number}.`)
    return person
  }
  // The first people are of the tenth that uses the most apps.
  const [mostUsed, middle, busy] = [await appOf(1), await appOf(APPS / 10), await personOf(5)]
  const [yes] = await database()
    .select({ id: liveAuthorizations.id })
    .from(liveAuthorizations)
    .where(eq(liveAuthorizations.userId, busy.id))
    .limit(1)
  if (!yes) throw new Error('Somebody who should has authorized nothing.')
  return { mostUsed, middle, busy, authorizationId: yes.id, halfway: await findHalfway() }
}

/** Where each list goes on after half of its rows. */
async function findHalfway() {
  const cursorAt = async (half: string) => {
    const [row] = await tokenSql().unsafe<{ value: string; id: string }[]>(half)
    if (!row) throw new Error('The list ended before half of it.')
    return writeCursor([row.value, row.id])
  }
  return {
    'last-used': await cursorAt(`
      select last_used_at::text as value, id from bench_apps join installations i on i.id = installation_id
      order by last_used_at desc nulls last, id desc offset ${APPS / 2} limit 1`),
    name: await cursorAt(`
      select lower(c.name) as value, installation_id as id from bench_apps join connected_apps c on c.id = app_id
      order by lower(c.name), installation_id offset ${APPS / 2} limit 1`),
    people: await cursorAt(`
      select a.last_used_at::text as value, a.id from bench_apps b join authorizations a using (installation_id, epoch)
      where b.rank = 1 and a.ended_at is null order by a.last_used_at desc nulls last, a.id desc
      offset (select count(*) / 2 from bench_apps b join authorizations a using (installation_id, epoch) where b.rank = 1) limit 1`),
  }
}

/** Everything here is asked in the one root organization, by whoever administers it. */
function ask<Input, Answer>(
  { seeded: { organization } }: Here,
  query: (actor: Actor, input: Input & { rootOrganizationId: Id<'organization'> }) => Promise<Answer>,
  input: Input,
): Promise<Answer> {
  return query(as(organization.owner), { ...input, rootOrganizationId: organization.id })
}

function rights({ seeded: { organization } }: Here): Promise<unknown> {
  return checkInRoot(database(), as(organization.owner), organization.id, 'authorizations.list')
}

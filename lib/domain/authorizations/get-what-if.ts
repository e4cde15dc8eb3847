import { and, eq } from 'drizzle-orm'
import { type Database, database } from '#db/client'
import { liveEntries } from '#db/schema/allowlist'
import { groups } from '#db/schema/people'
import type { Id } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import { scopeSet } from '../../base/scope-set.ts'
import { findListableApp } from '../allowlist/find-listable-app.ts'
import { describeScopes, type ScopeWords } from '../connected-apps/describe-scopes.ts'
import type { Actor } from '../permissions/actor.ts'
import { checkInRoot } from '../permissions/check-root.ts'
import { explain, explainAsked, type Step } from './explain.ts'
import { findAskedScopes } from './find-asked-scopes.ts'
import { findPerson } from './find-person.ts'
import { gatherFacts } from './gather-facts.ts'
import type { Verdict } from './rules.ts'
import { type WhatIfInput, whatIfSchema } from './schema.ts'

export type WhatIf = {
  person: { id: Id<'user'>; name: string }
  app: { id: Id<'app'>; name: string; clientId: string; publisher: string; scopes: ScopeWords[] }
  /** What is asked for; all of the app's scopes where nothing was said. */
  asked: string[]
  /** What the rules are asked about: without what counts for nothing here, and with what is always asked for. */
  counted: string[]
  /** Where the person would come from; null where nothing was said. */
  address: string | null
  verdict: Verdict
  /** What counts of what is asked, then every rule in the order in which it is asked. */
  steps: Step[]
}

/**
 * What would happen if a person of the root organization authorized an app now, for these scopes, from an address: the verdict
 * that the authorization server would take, with what each rule found. Changes nothing. Refuses a person who never had a place here, and an app that people here
 * could not authorize, like ones that do not exist.
 */
export async function getWhatIf(actor: Actor, input: WhatIfInput): Promise<WhatIf> {
  const { rootOrganizationId, userId, clientId, scopes, address } = parse(whatIfSchema, input)
  const db = database()
  const organization = await checkInRoot(db, actor, rootOrganizationId, 'allowlist.view')
  const { id, name } = await findPerson(db, { rootOrganizationId, userId }, { everHere: true })
  const app = await findListableApp(db, rootOrganizationId, { clientId }, 'clientId')
  const asked = scopeSet(scopes ?? app.scopes)
  const counts = await findAskedScopes(asked, app, rootOrganizationId)
  const wish = { userId, appId: app.id, rootOrganizationId, scopes: scopeSet(counts.scopes), address }
  const facts = await gatherFacts(db, wish)
  if (!facts) throw new Error('An app that was just found is gone.')
  const groupOfOthers = facts.entry ? null : await findGroup(db, rootOrganizationId, app.id)
  const words = await describeScopes(db, scopeSet(app.scopes, counts.scopes))
  const names = {
    person: name,
    app: app.name,
    organization: organization.name,
    groupOfOthers,
    scopes: new Map(words.flatMap((one) => (one.title === one.name ? [] : [[one.name, one.title]]))),
  }
  const { verdict, steps } = explain(facts, names)
  return {
    person: { id, name },
    app: {
      id: app.id,
      name: app.name,
      clientId: app.clientId,
      publisher: app.publisher,
      scopes: words,
    },
    asked,
    counted: wish.scopes,
    address,
    verdict,
    steps: [explainAsked(asked, counts, names), ...steps],
  }
}

/** The group that the app's entry is for, if it is for one. */
async function findGroup(
  db: Database,
  rootOrganizationId: Id<'organization'>,
  appId: Id<'app'>,
): Promise<string | null> {
  const [entry] = await db
    .select({ group: groups.name })
    .from(liveEntries)
    .innerJoin(groups, eq(groups.id, liveEntries.groupId))
    .where(and(eq(liveEntries.rootOrganizationId, rootOrganizationId), eq(liveEntries.appId, appId)))
  return entry?.group ?? null
}

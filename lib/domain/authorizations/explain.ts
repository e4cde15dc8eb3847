import { writtenNetwork } from '../../base/cidr.ts'
import { listed } from '../../base/listed.ts'
import { scopesBeyond } from '../../base/scope-set.ts'
import { KEEPING_ACCESS } from '../connected-apps/scopes.ts'
import type { AskedScopes } from './find-asked-scopes.ts'
import {
  type AuthorizationFacts,
  judge,
  needsEntry,
  RULES,
  type RuleName,
  type Verdict,
  withheldFrom,
} from './rules.ts'

/** What comes before the rules: what of the asked scopes they are asked about. */
export const WHAT_IS_ASKED = 'what-is-asked'

/** A rule as it was asked: it `passed` and left the verdict to the next, it `decided`, or one before it did. */
export type Step = {
  rule: RuleName | typeof WHAT_IS_ASKED
  outcome: 'passed' | 'decided' | 'not-asked'
  sentence: string
}

export type Named = {
  person: string
  app: string
  organization: string
  /** The group that the app's entry is for, where the person is not in it. */
  groupOfOthers: string | null
  /** What scopes are called. */
  scopes: ReadonlyMap<string, string>
}

/** The verdict with every rule in its order, and what each of them found, in words. */
export function explain(facts: AuthorizationFacts, names: Named): { verdict: Verdict; steps: Step[] } {
  const { rule: decider, verdict } = judge(facts)
  let isDecided = false
  const steps = (Object.keys(RULES) as RuleName[]).map((rule): Step => {
    if (isDecided) return { rule, outcome: 'not-asked', sentence: 'It was not asked any more.' }
    isDecided = rule === decider
    const sentence = SENTENCES[rule](facts, names, isDecided)
    return { rule, outcome: isDecided ? 'decided' : 'passed', sentence }
  })
  return { verdict, steps }
}

/** What counts of the scopes that an app asks for, and what does not, before any rule is asked. */
export function explainAsked(asked: readonly string[], { scopes, leftOut }: AskedScopes, names: Named): Step {
  const { app, organization } = names
  const isVoid = leftOut.filter((scope) => scope !== KEEPING_ACCESS)
  const isAdded = scopes.includes(KEEPING_ACCESS) && !asked.includes(KEEPING_ACCESS)
  const keeping = inWords([KEEPING_ACCESS], names)
  const sentences = [
    isVoid.length > 0
      ? `${inWords(isVoid, names)} ${isVoid.length === 1 ? 'counts' : 'count'} for nothing in ${organization}, and ${isVoid.length === 1 ? 'is' : 'are'} left out.`
      : '',
    leftOut.length > isVoid.length ? `${keeping} is left out: ${app} gets no token that it can renew.` : '',
    isAdded ? `${keeping} is added: ${app} gets tokens that it can renew.` : '',
  ].filter((sentence) => sentence !== '')
  return {
    rule: WHAT_IS_ASKED,
    outcome: 'passed',
    sentence: sentences.length > 0 ? sentences.join(' ') : 'All that is asked counts.',
  }
}

function inWords(scopes: readonly string[], names: Named): string {
  return listed(scopes.map((scope) => (names.scopes.has(scope) ? `“${names.scopes.get(scope)}”` : scope)))
}

type Sentence = (facts: AuthorizationFacts, names: Named, decides: boolean) => string

const SENTENCES: Record<RuleName, Sentence> = {
  'app-is-available': (_, { app }, decides) =>
    decides
      ? `${app} is disabled, or was deleted, or acts only for itself: nobody can authorize it.`
      : `${app} is enabled and acts for people.`,
  'person-belongs-here': (_, { person, organization }, decides) =>
    decides
      ? `${person} has no active account with a place in ${organization}, or ${organization} is suspended.`
      : `${person} has an active account and a place in ${organization}.`,
  'app-is-open-here': ({ app, rootOrganizationId }, names, decides) => {
    if (decides) return `${names.app} is for its publisher’s own people. No approval changes that.`
    return app.rootOrganizationId === rootOrganizationId
      ? `${names.app} is an app of ${names.organization} itself.`
      : `${names.app} is open to people of every organization.`
  },
  'not-blocked': (_, { organization }, decides) =>
    decides ? `${organization} has blocked it.` : `${organization} has not blocked it.`,
  'not-frozen': (_, { organization }, decides) =>
    decides ? `${organization} has frozen it for now.` : `${organization} has not frozen it.`,
  'from-its-networks': ({ networks: { mode, networks }, address }, { organization }, decides) => {
    if (mode === 'off') return `${organization} lets it in from everywhere.`
    if (address === null)
      return `${organization} lets it in only from ${inOrder(networks)}, and nothing says from which address the person comes.`
    return decides
      ? `${address} is not in a network that ${organization} lets it in from: ${inOrder(networks)}.`
      : `${address} is in a network that ${organization} lets it in from.`
  },
  'within-its-scopes': ({ asked, app }, names, decides) =>
    decides
      ? `${names.app} may not ask for ${inWords(scopesBeyond(asked, app.scopes), names)}: its publisher has to add that first.`
      : 'All that is asked is among its own scopes.',
  'yes-stands': ({ asked, live }, names, decides) => {
    const { person } = names
    if (decides)
      return `${person} has authorized all of it before. Neither mode nor allowlist is asked again.`
    if (!live) return `${person} has not authorized it before.`
    return `${person} has authorized it before, but not for ${inWords(scopesBeyond(asked, live.scopes), names)}.`
  },
  'not-closed': (_, __, decides) =>
    decides ? 'The policy is Closed: nobody authorizes anything new.' : 'The policy is not Closed.',
  listed: (facts, names, decides) => {
    const withheld = withheldFrom(facts)
    if (withheld.length > 0) return withheldWords(withheld, names, decides)
    if (decides) return unlistedWords(facts, names)
    if (facts.policy.mode !== 'restricted') return 'The policy is Unrestricted: nothing has to be listed.'
    return needsEntry(facts)
      ? 'Its entry on the allowlist holds all that is new.'
      : 'It is an internal app, and those are approved automatically.'
  },
  consent: (facts, names) => {
    const { person } = names
    const { live } = facts
    const asked = scopesBeyond(facts.asked, withheldFrom(facts))
    const held = asked.filter((scope) => live?.scopes.includes(scope))
    const wanted = asked.length === 0 ? 'let it in' : `allow ${inWords(scopesBeyond(asked, held), names)}`
    return held.length > 0
      ? `${person} is asked to ${wanted}, beside what was allowed before.`
      : `${person} is asked to ${wanted}.`
  },
}

/** As many as can be read at once. */
const NETWORKS_SAID_MAX = 5

function inOrder(networks: readonly string[]): string {
  const said = networks.slice(0, NETWORKS_SAID_MAX).map(writtenNetwork)
  const rest = networks.length - NETWORKS_SAID_MAX
  return listed(rest > 0 ? [...said, `${rest} more`] : said)
}

function withheldWords(withheld: readonly string[], names: Named, decides: boolean): string {
  const { app, person, groupOfOthers } = names
  const left = inWords(withheld, names)
  const why = groupOfOthers
    ? `${app} is allowlisted for the group ${groupOfOthers}, and ${person} is not in it: only what is approved for them is granted, so ${left} is left out.`
    : `Nobody has approved ${left} for ${app}: only approved scopes are granted, so that is left out.`
  return decides ? `${why} ${person} has authorized the rest before.` : why
}

function unlistedWords(facts: AuthorizationFacts, names: Named): string {
  const { app, person, groupOfOthers } = names
  if (groupOfOthers)
    return `${app} is allowlisted for the group ${groupOfOthers}, and ${person} is not in it.`
  if (!facts.entry) return `The policy is Restricted, and ${app} is not on the allowlist.`
  const beyond = scopesBeyond(facts.asked, [...facts.entry.scopes, ...(facts.live?.scopes ?? [])])
  return `The policy is Restricted, and the entry of ${app} does not hold ${inWords(beyond, names)}.`
}

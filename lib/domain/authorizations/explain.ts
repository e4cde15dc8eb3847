import { listed } from '../../base/listed.ts'
import { scopesBeyond } from '../../base/scope-set.ts'
import {
  type AuthorizationFacts,
  judge,
  needsEntry,
  RULES,
  type RuleName,
  type Verdict,
  withheldFrom,
} from './rules.ts'

/** A rule as it was asked: it `passed` and left the verdict to the next, it `decided`, or one before it did. */
export type Step = { rule: RuleName; outcome: 'passed' | 'decided' | 'not-asked'; sentence: string }

export type Named = {
  person: string
  app: string
  organization: string
  /** The group that the app's entry is for, where the person is not in it. */
  groupOfOthers: string | null
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
  'within-its-scopes': ({ asked, app }, names, decides) =>
    decides
      ? `${names.app} may not ask for ${listed(scopesBeyond(asked, app.scopes))}: its publisher has to add that first.`
      : 'All that is asked is among its own scopes.',
  'yes-stands': ({ asked, live }, { person }, decides) => {
    if (decides)
      return `${person} has authorized all of it before. Neither mode nor allowlist is asked again.`
    if (!live) return `${person} has not authorized it before.`
    return `${person} has authorized it before, but not for ${listed(scopesBeyond(asked, live.scopes))}.`
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
  consent: (facts, { person }) => {
    const { live } = facts
    const asked = scopesBeyond(facts.asked, withheldFrom(facts))
    const held = asked.filter((scope) => live?.scopes.includes(scope))
    const wanted = asked.length === 0 ? 'let it in' : `allow ${listed(scopesBeyond(asked, held))}`
    return held.length > 0
      ? `${person} is asked to ${wanted}, beside what was allowed before.`
      : `${person} is asked to ${wanted}.`
  },
}

function withheldWords(
  withheld: readonly string[],
  { app, person, groupOfOthers }: Named,
  decides: boolean,
): string {
  const why = groupOfOthers
    ? `${app} is allowlisted for the group ${groupOfOthers}, and ${person} is not in it: only what is approved for them is granted, so ${listed(withheld)} is left out.`
    : `Nobody has approved ${listed(withheld)} for ${app}: only approved scopes are granted, so that is left out.`
  return decides ? `${why} ${person} has authorized the rest before.` : why
}

function unlistedWords(facts: AuthorizationFacts, { app, person, groupOfOthers }: Named): string {
  if (groupOfOthers)
    return `${app} is allowlisted for the group ${groupOfOthers}, and ${person} is not in it.`
  if (!facts.entry) return `The policy is Restricted, and ${app} is not on the allowlist.`
  const beyond = scopesBeyond(facts.asked, [...facts.entry.scopes, ...(facts.live?.scopes ?? [])])
  return `The policy is Restricted, and the entry of ${app} does not hold ${listed(beyond)}.`
}

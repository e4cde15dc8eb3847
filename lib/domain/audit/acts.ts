import { EVENTS, type EventName } from './events.ts'

type NounOf<Name extends string> = Name extends `${infer Noun}.${string}` ? Noun : never
/** What things happen to: the first word of an event's name. */
export type Noun = NounOf<EventName>
export type Act = Noun | EventName

/** How a noun is spoken of where one chooses what to see. A new noun gets its words here. */
export const NOUN_WORDS: Readonly<Record<Noun, string>> = {
  'connected-app': 'Apps',
  api: 'APIs',
  scope: 'Scopes',
  'bulk-rotation': 'Bulk rotations',
  authorization: 'Authorizations of one person',
  authorizations: 'Authorizations of everyone',
  'token-family': 'Tokens',
  installation: 'Blocked and frozen apps',
  allowlist: 'Policy and allowlist',
  membership: 'Members and roles',
  invitation: 'Invitations',
  group: 'Groups of people',
  user: 'Accounts',
  session: 'Sign-ins',
  organization: 'Organization',
  'business-group': 'Business groups',
  operator: 'Operators',
  environment: 'Environments',
  'signing-key': 'Signing keys',
  audit: 'Audit log',
}

/** Acts whose name alone would read strangely; any other is its name in words: “Secret rotated”. */
const ACT_WORDS: Readonly<Partial<Record<EventName, string>>> = {
  'membership.created': 'Role given',
  'membership.joined': 'Joined by invitation',
  'membership.ended': 'Person removed',
  'session.started': 'Signed in',
  'session.refused': 'Sign-in refused',
  'session.ended': 'Signed out',
  'token-family.ended': 'Token family ended',
  'connected-app.introspection-allowed': 'Introspection allowed',
}

export const ACTS = Object.keys(EVENTS) as [EventName, ...EventName[]]
export const NOUNS = Object.keys(NOUN_WORDS) as [Noun, ...Noun[]]

export function nounOf(name: EventName): Noun {
  return name.slice(0, name.indexOf('.')) as Noun
}

export function isNoun(text: string | undefined): text is Noun {
  return text !== undefined && Object.hasOwn(NOUN_WORDS, text)
}

export function isEventName(text: string | undefined): text is EventName {
  return text !== undefined && Object.hasOwn(EVENTS, text)
}

/** The act in words, as one chooses it: “Secret rotated”. */
export function actWords(act: Act): string {
  if (isNoun(act)) return NOUN_WORDS[act]
  const own = ACT_WORDS[act]
  if (own) return own
  const words = act.slice(act.indexOf('.') + 1).replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** The events that an act stands for: itself, or all of a noun. */
export function namesOfAct(act: Act): EventName[] {
  return isNoun(act) ? ACTS.filter((name) => nounOf(name) === act) : [act]
}

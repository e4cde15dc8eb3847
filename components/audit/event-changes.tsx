import { AUDIENCE, CLIENT_TYPE, ROLE } from '#components/connected-apps/app-words'

/** An event as far as its details are put in words. */
export type TellingEvent = {
  name: string
  details: Readonly<Record<string, unknown>>
  names?: Readonly<Record<string, string>>
}

/** What changed of one field: one value for another, or what a list gained and lost. */
export type Change = { label: string } & (
  | { before: string; after: string }
  | { added: readonly string[]; removed: readonly string[] }
)

export type Told = { label: string; value: string }

type Names = Readonly<Record<string, string>>

const FIELD: Readonly<Record<string, string>> = {
  redirectUris: 'Redirect URIs',
  initiateLoginUri: 'Where sign-in starts',
  audience: 'Who may use it',
  contexts: 'Places of its scopes',
  requiresPkce: 'Require PKCE',
  ownerId: 'Owner',
  clientId: 'Client ID',
  actsAs: 'Acts',
  ownerName: 'Owner',
  secretName: 'Secret',
  lastFour: 'Ends in',
  overlapHours: 'Older ones',
  kept: 'Kept',
  parentName: 'Under',
  organizationName: 'In',
  added: 'Added',
  scopes: 'Scopes',
  asked: 'Asked for',
  people: 'People',
  families: 'Token families',
  tokens: 'Tokens',
  trigger: 'Why',
  places: 'Places',
  listed: 'Apps put on the allowlist',
}

const VALUE: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(ROLE).map(([role, word]) => [role, word.toLowerCase()])),
  ...Object.fromEntries(Object.entries(CLIENT_TYPE).map(([type, word]) => [type, word.toLowerCase()])),
  internal: AUDIENCE.internal.toLowerCase(),
  everyone: AUDIENCE.everyone.toLowerCase(),
  user: 'on behalf of users',
  itself: 'on its own behalf',
  edited: 'somebody handed it over',
  'account-ended': 'the owner’s account ended',
  'membership-ended': 'the owner left the organization',
  'rights-lost': 'the owner lost the rights it takes',
  reuse: 'a refresh token was used twice',
  replay: 'a code was used twice',
  'revoked-by-app': 'the app gave its tokens back',
  csv: 'CSV',
  jsonl: 'JSON Lines',
}

/** Said in the sentence already, or of use to nobody who reads. */
const UNSAID = new Set(['version', 'changed', 'countedMax', 'person', 'previousOwner', 'newOwner', 'isFirst'])
/** What two values of a kind are called, by the event that keeps them. */
const BEFORE_AND_AFTER: Readonly<Record<string, string>> = {
  'allowlist.policy-changed': 'Policy',
  'membership.role-changed': 'Role',
  'connected-app.jwks-uri-changed': 'Address',
  'connected-app.secret-renamed': 'Name',
}

/** Whose sentence says it already. */
const SAID_WHOLE = new Set(['allowlist.policy-changed', 'membership.role-changed'])

/** What was one thing before and is another since, one after the other. */
export function changesOf({ name, details, names = {} }: TellingEvent): Change[] {
  const fields = Object.entries(
    (details.changed ?? {}) as Record<string, { before?: unknown; after?: unknown }>,
  )
  const changes = fields.map(([field, { before, after }]) => changeOf(labelOf(field), before, after, names))
  const whole = BEFORE_AND_AFTER[name]
  if (whole) changes.push(changeOf(whole, details.before, details.after, names))
  return changes.filter((change) => !('added' in change) || change.added.length + change.removed.length > 0)
}

function changeOf(label: string, before: unknown, after: unknown, names: Names): Change {
  if (!Array.isArray(before) || !Array.isArray(after)) {
    return { label, before: valueWords(before, names), after: valueWords(after, names) }
  }
  const [former, present] = [before, after].map((list) => list.map((one) => valueWords(one, names)))
  return {
    label,
    added: (present ?? []).filter((one) => !former?.includes(one)),
    removed: (former ?? []).filter((one) => !present?.includes(one)),
  }
}

/** What else the details tell. */
export function toldBy({ name, details, names = {} }: TellingEvent): Told[] {
  const isTold = (key: string) =>
    !UNSAID.has(key) && !(name in BEFORE_AND_AFTER && (key === 'before' || key === 'after'))
  return Object.entries(details)
    .filter(([key, value]) => isTold(key) && !isEmpty(value) && !isBareId(value, names))
    .map(([key, value]) => ({
      label: labelOf(key),
      value:
        key === 'overlapHours'
          ? overlapWords(value)
          : key === 'lastFour'
            ? `••••${String(value)}`
            : valueWords(value, names),
    }))
}

/** An event's changes beneath its sentence, one line each. */
export function linesOf(event: TellingEvent): string[] {
  const changes = changesOf(event)
    .filter(({ label }) => label !== 'Owner' && !SAID_WHOLE.has(event.name))
    .map((change) => `${change.label}: ${changeWords(change)}`)
  return [...changes, ...secretLines(event)]
}

function secretLines({ name, details: { secretName, lastFour, overlapHours } }: TellingEvent): string[] {
  if (!name.startsWith('connected-app.secret-') || typeof secretName !== 'string') return []
  const older = name === 'connected-app.secret-rotated' ? overlapWords(overlapHours) : ''
  return [`${secretName}, ••••${String(lastFour)}`, ...(older ? [`Older ones ${older}.`] : [])]
}

function overlapWords(hours: unknown): string {
  if (hours === 0) return 'ended at once, where not kept'
  if (typeof hours !== 'number') return ''
  const span = hours === 1 ? '1 hour' : hours === 168 ? '7 days' : `${hours} hours`
  return `end within ${span}, where not kept`
}

function changeWords(change: Change): string {
  if (!('added' in change)) return `${inQuotes(change.before)} → ${inQuotes(change.after)}`
  const parts = [
    change.added.length > 0 && `added ${change.added.join(', ')}`,
    change.removed.length > 0 && `removed ${change.removed.join(', ')}`,
  ]
  return parts.filter(Boolean).join('; ')
}

const SHORT = 60

function inQuotes(text: string): string {
  if (text === 'nothing' || text === 'on' || text === 'off' || Object.values(VALUE).includes(text))
    return text
  return `“${text.length > SHORT ? `${text.slice(0, SHORT)}…` : text}”`
}

const ID = /^[a-z]{3}_[0-9a-z]{26}$/

/** A value as a person reads it: names where there were ids. */
export function valueWords(value: unknown, names: Names): string {
  if (isEmpty(value)) return 'nothing'
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  if (typeof value === 'number') return value.toLocaleString('en')
  if (Array.isArray(value)) return value.map((one) => valueWords(one, names)).join(', ')
  if (typeof value === 'object' && value !== null) return partsOf(value as Record<string, unknown>, names)
  const text = String(value)
  if (ID.test(text)) return names[text] ?? 'something that is no longer there'
  return VALUE[text] ?? text
}

/** A scope in a place, a role in a place: what it is first, then where. */
function partsOf(value: Record<string, unknown>, names: Names): string {
  const { scope, role, organizationId, organizationName, environmentId, ...rest } = value
  const where = organizationName ?? organizationId
  if (where !== undefined && (scope !== undefined || role !== undefined)) {
    const environment = environmentId ? `, ${valueWords(environmentId, names)}` : ''
    return `${valueWords(scope ?? role, names)} in ${valueWords(where, names)}${environment}`
  }
  return Object.entries({ scope, role, organizationId, organizationName, environmentId, ...rest })
    .filter(([, one]) => !isEmpty(one))
    .map(([key, one]) => `${labelOf(key).toLowerCase()} ${valueWords(one, names)}`)
    .join(', ')
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
}

/** An id that nothing has a name for says nothing to anybody. */
function isBareId(value: unknown, names: Names): boolean {
  return typeof value === 'string' && ID.test(value) && !(value in names)
}

function labelOf(key: string): string {
  const known = FIELD[key]
  if (known) return known
  const words = key.replace(/Id$/, '').replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return words.charAt(0).toUpperCase() + words.slice(1)
}

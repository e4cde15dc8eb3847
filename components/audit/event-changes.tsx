import { listed } from '#lib/base/listed'
import { EVENTS, type EventName } from '#lib/domain/audit/events'
import { CHANGED, DETAIL, type Form, overlapWords, UNTOLD } from './field-words.tsx'

/** An event as far as its details are put in words. */
export type TellingEvent = {
  name: string
  details: Readonly<Record<string, unknown>>
  names?: Readonly<Record<string, string>>
}

/** What changed of one field: one value for another, or what a list gained and lost. */
export type Change = { label: string } & (
  | {
      before: string
      after: string
      /** What people typed, and so stands in quotes in a line. */
      isTyped: boolean
    }
  | { added: readonly string[]; removed: readonly string[] }
)

export type Told = { label: string; value: string | Date }

type Names = Readonly<Record<string, string>>

/** What two values of a kind are called, by the event that keeps them. */
const BEFORE_AND_AFTER: Readonly<Partial<Record<EventName, string>>> = {
  'allowlist.policy-changed': 'Policy',
  'connected-app.jwks-uri-changed': 'Address',
  'connected-app.secret-renamed': 'Name',
  'membership.quota-changed': 'Apps at most',
  'membership.role-changed': 'Role',
  'organization.apps-limit-changed': 'Apps at most',
  'user.email-changed': 'E-mail address',
  'user.name-changed': 'Name',
}

/** What was one thing before and is another since, one after the other. */
export function changesOf({ name, details, names = {} }: TellingEvent): Change[] {
  const fields = Object.entries(
    (details.changed ?? {}) as Record<string, { before?: unknown; after?: unknown }>,
  )
  const changes = fields.map(([field, { before, after }]) => {
    const [label, form] = CHANGED[field as keyof typeof CHANGED] ?? ['Another setting']
    return changeOf(label, before, after, names, form)
  })
  const whole = BEFORE_AND_AFTER[name as EventName]
  if (whole) changes.push(changeOf(whole, details.before, details.after, names))
  return changes.filter((change) => !('added' in change) || change.added.length + change.removed.length > 0)
}

function changeOf(label: string, before: unknown, after: unknown, names: Names, form?: Form): Change {
  const say = (value: unknown) => String(form?.(value) ?? valueWords(value, names))
  if (!Array.isArray(before) || !Array.isArray(after)) {
    const isTyped = form === undefined && [before, after].some((value) => typeof value === 'string')
    return { label, before: say(before), after: say(after), isTyped }
  }
  const [former, present] = [before, after].map((list) => list.map(say))
  return {
    label,
    added: (present ?? []).filter((one) => !former?.includes(one)),
    removed: (former ?? []).filter((one) => !present?.includes(one)),
  }
}

/** What else the details tell: not what the sentence says already. */
export function toldBy({ name, details, names = {} }: TellingEvent): Told[] {
  return Object.entries(details).flatMap(([key, value]) => {
    if (isUntold(name, key) || isEmpty(value)) return []
    const [label, form] = DETAIL[key] ?? []
    const said = form ? form(value) : valueWords(value, names)
    return label && said !== null ? [{ label, value: said }] : []
  })
}

/** Whether a detail that an event keeps has its words, or needs none. */
export function hasWords(name: string, key: string): boolean {
  return key in DETAIL || isUntold(name, key)
}

function isUntold(name: string, key: string): boolean {
  const isPair = name in BEFORE_AND_AFTER && (key === 'before' || key === 'after')
  return UNTOLD.has(key) || isPair || sentenceSays(name, key)
}

function sentenceSays(name: string, key: string): boolean {
  return name in EVENTS && EVENTS[name as EventName].includes(`{${key}}`)
}

/** An event's changes beneath its sentence, one line each. */
export function linesOf(event: TellingEvent): string[] {
  const isSaid = sentenceSays(event.name, 'before') || sentenceSays(event.name, 'previousOwner')
  const changes = isSaid ? [] : changesOf(event)
  return [...changes.map((change) => `${change.label}: ${changeWords(change)}`), ...secretLines(event)]
}

function secretLines({ name, details: { secretName, lastFour, overlapHours } }: TellingEvent): string[] {
  if (!name.startsWith('connected-app.secret-') || typeof secretName !== 'string') return []
  const older = name === 'connected-app.secret-rotated' ? overlapWords(overlapHours) : null
  return [`${secretName}, ••••${String(lastFour)}`, ...(older ? [`Older ones ${older}.`] : [])]
}

function changeWords(change: Change): string {
  if (!('added' in change)) {
    const say = (text: string) => (change.isTyped && text !== NOTHING ? inQuotes(text) : text)
    return `${say(change.before)} → ${say(change.after)}`
  }
  const parts = [
    change.added.length > 0 && `added ${listed(change.added)}`,
    change.removed.length > 0 && `removed ${listed(change.removed)}`,
  ]
  return parts.filter(Boolean).join('; ')
}

const SHORT = 60

function inQuotes(text: string): string {
  return `“${text.length > SHORT ? `${text.slice(0, SHORT)}…` : text}”`
}

const NOTHING = 'nothing'
const ID = /^[a-z]{3}_[0-9a-z]{26}$/

/** A value as a person reads it: names where there were ids. */
function valueWords(value: unknown, names: Names): string {
  if (isEmpty(value)) return NOTHING
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  if (typeof value === 'number') return value.toLocaleString('en')
  if (Array.isArray(value)) return value.map((one) => valueWords(one, names)).join(', ')
  if (typeof value === 'object' && value !== null) return placeWords(value as Place, names)
  const text = String(value)
  return ID.test(text) ? (names[text] ?? 'something that is no longer there') : text
}

type Place = { scope?: string; role?: string; organizationId?: string; environmentId?: string }

/** A scope in a place, a role in a place: what it is first, then where. */
function placeWords({ scope, role, organizationId, environmentId }: Place, names: Names): string {
  const environment = environmentId ? `, ${valueWords(environmentId, names)}` : ''
  return `${scope ?? role} in ${valueWords(organizationId, names)}${environment}`
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
}

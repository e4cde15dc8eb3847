import type { ListedEvent } from '#lib/domain/audit/queries'

type Change = { before?: unknown; after?: unknown }

const SHORT = 60
const FIELD: Readonly<Record<string, string>> = {
  name: 'Name',
  description: 'Description',
  website: 'Website',
  grantTypes: 'Grant types',
  redirectUris: 'Redirect URIs',
  initiateLoginUri: 'Where sign-in starts',
  audience: 'Who may use it',
  scopes: 'Scopes',
  contexts: 'Places of its scopes',
  requiresPkce: 'Require PKCE',
}
const AUDIENCE: Readonly<Record<string, string>> = {
  internal: 'people of this organization',
  everyone: 'people of any organization',
}

/** What exactly changed, beneath the sentence of an event: one line each. Who owns it stands in the sentence. */
export function eventDetail({ name, details }: Pick<ListedEvent, 'name' | 'details'>): string[] {
  if (name === 'connected-app.secret-rotated') return [...secretOf(details), ...olderOf(details)]
  if (name === 'connected-app.secret-ended') return secretOf(details)
  if (name === 'connected-app.jwks-uri-changed') return [`Address: ${becomes(details)}`]
  if (name !== 'connected-app.updated' && name !== 'connected-app.scopes-changed') return []
  const changed = (details.changed ?? {}) as Readonly<Record<string, Change>>
  return Object.entries(changed).flatMap(([field, change]) => changeOf(field, change))
}

function secretOf({ secretName, lastFour }: Record<string, unknown>): string[] {
  return typeof secretName === 'string' ? [`${secretName}, ••••${String(lastFour)}`] : []
}

function olderOf({ overlapHours }: Record<string, unknown>): string[] {
  if (overlapHours === 0) return ['Older ones ended at once, where not kept.']
  if (typeof overlapHours !== 'number') return []
  const span = overlapHours === 1 ? '1 hour' : overlapHours === 168 ? '7 days' : `${overlapHours} hours`
  return [`Older ones end within ${span}, where not kept.`]
}

function changeOf(field: string, { before, after }: Change): string[] {
  const label = FIELD[field]
  if (!label) return []
  if (field === 'contexts') return [`${label} changed`]
  if (!Array.isArray(before) || !Array.isArray(after)) {
    return [`${label}: ${becomes({ before, after })}`]
  }
  const added = after.filter((one) => !before.includes(one))
  const removed = before.filter((one) => !after.includes(one))
  if (added.length + removed.length === 0) return []
  const parts = [
    added.length > 0 && `added ${added.join(', ')}`,
    removed.length > 0 && `removed ${removed.join(', ')}`,
  ]
  return [`${label}: ${parts.filter(Boolean).join('; ')}`]
}

function becomes({ before, after }: Change): string {
  return `${inQuotes(before)} → ${inQuotes(after)}`
}

function inQuotes(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'nothing'
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  const text = String(value)
  return AUDIENCE[text] ?? `“${text.length > SHORT ? `${text.slice(0, SHORT)}…` : text}”`
}

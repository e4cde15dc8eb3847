import { AUDIENCE, GRANT_TYPE } from '#components/connected-apps/app-words'
import type { PossibleOwner } from '#components/connected-apps/possible-owner-search'
import { listed } from '#lib/base/listed'

export type GeneralValues = {
  name: string
  description: string
  website: string
  ownerId: string
  audience: 'internal' | 'everyone'
  grantTypes: string[]
  requiresPkce: boolean
}

const SHORT = 40

/** What becomes what, for the save bar. */
export function becomes(
  changed: readonly (keyof GeneralValues)[],
  saved: GeneralValues,
  values: GeneralValues,
  people: ReadonlyMap<string, PossibleOwner>,
): string {
  const ownerName = (id: string) => people.get(id)?.fullName ?? 'the present owner'
  const said: Record<keyof GeneralValues, () => string> = {
    name: () =>
      values.name.trim() ? `${quoted(saved.name)} becomes ${quoted(values.name)}.` : 'A name is needed.',
    ownerId: () => `The owner ${ownerName(saved.ownerId)} becomes ${ownerName(values.ownerId)}.`,
    audience: () =>
      `Open to ${AUDIENCE[saved.audience].toLowerCase()} becomes ${AUDIENCE[values.audience].toLowerCase()}.`,
    description: () => 'The description changes.',
    website: () => (values.website ? `The website becomes ${quoted(values.website)}.` : 'The website goes.'),
    grantTypes: () => 'How it gets tokens changes.',
    requiresPkce: () => (values.requiresPkce ? 'PKCE will be required.' : 'PKCE will no longer be required.'),
  }
  return changed.map((key) => said[key]()).join(' ')
}

/** A field's name and what is saved in it, for people. */
export function inWords(
  key: keyof GeneralValues,
  saved: GeneralValues,
  owner: PossibleOwner,
): { label: string; saved: string } {
  const said: Record<keyof GeneralValues, { label: string; saved: string }> = {
    name: { label: 'Name', saved: saved.name },
    description: { label: 'Description', saved: saved.description },
    website: { label: 'Website', saved: saved.website },
    ownerId: { label: 'Owner', saved: owner.fullName },
    audience: { label: 'Who may use it', saved: AUDIENCE[saved.audience] },
    grantTypes: {
      label: 'How it gets tokens',
      saved: listed(saved.grantTypes.map((grant) => GRANT_TYPE[grant] ?? grant)),
    },
    requiresPkce: { label: 'Require PKCE', saved: saved.requiresPkce ? 'On' : 'Off' },
  }
  return said[key]
}

function quoted(text: string): string {
  return `“${text.length > SHORT ? `${text.slice(0, SHORT)}…` : text}”`
}

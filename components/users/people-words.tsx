import type { PersonState } from '#lib/domain/people/schema'

/** How people and their places are spoken of in the console, in one place so that the words can be translated. */
export const ROLE_HINT = {
  administrator: 'Looks after its apps and its people, here and in every business group below.',
  developer: 'Creates apps here and below, and looks after the ones they own.',
  member: 'May let apps act for them. Looks after nothing.',
} as const

export const PERSON_STATE: Readonly<Record<PersonState, string>> = {
  active: 'Active',
  deactivated: 'Deactivated',
  guest: 'Guest',
}

/** “3 of 5 apps”; without a quota what they own. */
export function quotaWords(owned: number, max: number | null): string {
  const apps = max === 1 || (max === null && owned === 1) ? 'app' : 'apps'
  return max === null
    ? `${owned.toLocaleString('en')} ${apps}`
    : `${owned.toLocaleString('en')} of ${max.toLocaleString('en')} ${apps}`
}

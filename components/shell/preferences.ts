export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

/** What the theme cookie says, or the system's choice where it says nothing we know. */
export function themeFrom(value: string | undefined): Theme {
  return THEMES.find((theme) => theme === value) ?? 'system'
}

/** The time zone this browser told us, or UTC until it has (or where it names one that does not exist). */
export function timeZoneFrom(value: string | undefined): string {
  if (!value) return 'UTC'
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone
  } catch {
    return 'UTC'
  }
}

/** How dates and numbers are written. The words are English, so only English ways are chosen from. */
export function localeFrom(acceptLanguage: string | null): string {
  const tags = (acceptLanguage ?? '').split(',').map((part) => part.split(';')[0]?.trim() ?? '')
  return tags.find((tag) => /^en-[A-Z]{2}$/u.test(tag)) ?? 'en-GB'
}

/** The nonce of this request, from the policy that the server set for it. */
export function nonceFrom(policy: string | null): string | undefined {
  return policy?.match(/'nonce-([A-Za-z0-9+/=_-]+)'/u)?.[1]
}

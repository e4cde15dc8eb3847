/** How long a new secret or key may be asked to live, in days; beside them: until somebody ends it, or a date. */
export const LIFE_DAYS = [30, 90, 180, 365] as const
/** The organization's rule allows no more either. */
export const LIFE_DAYS_MAX = 3650
/** With how many days left the owner of the app is told, the last time on the day before. */
export const NOTICE_DAYS = [90, 60, 30, 15, 7, 1] as const

const DAY_MILLISECONDS = 24 * 3_600_000
/** Somebody who chose the longest life a moment ago means no more than that. */
const SLACK_MILLISECONDS = 5 * 60_000

/** `lifeDays: null` is “until somebody ends it”; neither of the two: as long as the organization allows. */
export type ChosenLife = { lifeDays?: number | null | undefined; expiresAt?: string | undefined }
export type LifeVerdict = { expiresAt: Date | null } | { error: string; field: 'lifeDays' | 'expiresAt' }

/** When something that begins to live now ends, or why it may not live so long. `daysMax`: the organization's rule, if it has one. */
export function judgeLife(chosen: ChosenLife, now: Date, daysMax: number | null): LifeVerdict {
  const longest = daysMax === null ? null : new Date(now.getTime() + daysMax * DAY_MILLISECONDS)
  const { lifeDays, expiresAt } = chosen
  if (lifeDays != null && expiresAt !== undefined)
    return { field: 'expiresAt', error: 'Give either the days it lives or the moment it ends.' }
  if (lifeDays === undefined && expiresAt === undefined) return { expiresAt: longest }
  if (lifeDays === null && expiresAt === undefined)
    return longest ? { field: 'lifeDays', error: tooLong(daysMax) } : { expiresAt: null }
  const field = expiresAt === undefined ? ('lifeDays' as const) : ('expiresAt' as const)
  const wanted =
    expiresAt === undefined
      ? new Date(now.getTime() + (lifeDays ?? 0) * DAY_MILLISECONDS)
      : new Date(expiresAt)
  if (wanted <= now) return { field, error: 'This moment is over: choose one to come.' }
  if (wanted.getTime() > now.getTime() + LIFE_DAYS_MAX * DAY_MILLISECONDS)
    return { field, error: 'That is more than ten years: choose an earlier end, or none.' }
  if (longest && wanted.getTime() > longest.getTime() + SLACK_MILLISECONDS)
    return { field, error: tooLong(daysMax) }
  return { expiresAt: longest && wanted > longest ? longest : wanted }
}

function tooLong(daysMax: number | null): string {
  const days = daysMax === 1 ? 'one day' : `${daysMax} days`
  return `The organization lets a secret live for ${days} at most: choose an earlier end.`
}

/** Whether something lives longer than the organization's rule, which came after it. Nothing is ended for that. */
export function outlivesRule(
  life: { createdAt: Date; expiresAt: Date | null },
  daysMax: number | null,
): boolean {
  if (daysMax === null) return false
  const longest = life.createdAt.getTime() + daysMax * DAY_MILLISECONDS + SLACK_MILLISECONDS
  return life.expiresAt === null || life.expiresAt.getTime() > longest
}

/**
 * The notice that is due with so long left: 90, 60, 30, 15, 7 or 1 day. Null: it is not time yet. Whoever chooses an end
 * knows it, so that the notice which is due at that moment counts as given.
 */
export function noticeDays(now: Date, expiresAt: Date | null): number | null {
  if (!expiresAt) return null
  const left = (expiresAt.getTime() - now.getTime()) / DAY_MILLISECONDS
  return NOTICE_DAYS.findLast((days) => left <= days) ?? null
}

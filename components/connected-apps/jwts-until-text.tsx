/** “JWT access tokens may be accepted until 14:32.”, to the minute; nothing where there are none. */
export function jwtsUntilText(
  at: Date | string | null,
  locale?: string,
  timeZone?: string,
): string | undefined {
  if (at === null || new Date(at).getTime() <= Date.now()) return undefined
  const time = timeText(at, locale, timeZone)
  return `JWT access tokens may be accepted until ${time}.`
}

/** A time of day, to the minute. */
export function timeText(at: Date | string | number, locale?: string, timeZone?: string): string {
  return new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  }).format(new Date(at))
}

/** “JWT access tokens may be accepted until 14:32.”, to the minute; nothing where there are none. */
export function jwtsUntilText(
  at: Date | string | null,
  locale?: string,
  timeZone?: string,
): string | undefined {
  if (at === null || new Date(at).getTime() <= Date.now()) return undefined
  const time = new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  }).format(new Date(at))
  return `JWT access tokens may be accepted until ${time}.`
}

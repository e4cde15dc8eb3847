import type { Form } from '#lib/gateways/console/read-form'
import { isDay, startOfDay } from '../../../days.ts'

/** What a plain form says of a new entry: a day wins over a number of days, and is over at its end where the person is. */
export function limitsIn(form: Form, timeZone: string, now = Date.now()) {
  const day = form.get('endsOn')
  const days = Number(form.get('ends'))
  return {
    endsAt: day ? endOf(day, timeZone) : days > 0 ? new Date(now + days * 86_400_000).toISOString() : null,
    groupId: form.get('groupId') || null,
    openToEveryone: form.get('openToEveryone') === 'true',
  }
}

/** What is no day is handed on as it came, to be refused in words. */
function endOf(day: string, timeZone: string): string {
  return isDay(day) ? new Date(startOfDay(day, timeZone, 1).getTime() - 1000).toISOString() : day
}

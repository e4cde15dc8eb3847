'use client'

import { Select } from '#components/ui/select'
import { TextField } from '#components/ui/text-field'

/** What was chosen: `never`, a number of days, or `date` with the day beside it. */
export type ChosenEnd = { choice: string; date: string }

type Props = {
  value: ChosenEnd
  onChange: (value: ChosenEnd) => void
  /** The numbers of days offered. */
  days: readonly number[]
  /** What no end is called; absent: there has to be one. */
  never?: string | undefined
  /** The latest day that can be chosen, in days from now. */
  daysMax?: number | undefined
  hint?: string | undefined
  error?: string | undefined
}

/** Until when something is good: a few numbers of days, or a day, which is over at its end, where the person is. */
export function EndField({ value, onChange, days, never, daysMax, hint, error }: Props) {
  return (
    <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
      <Select
        label="Ends"
        value={value.choice}
        onChange={(choice) => onChange({ ...value, choice })}
        options={[
          ...(never === undefined ? [] : [{ value: 'never', label: never }]),
          ...days.map((count) => ({ value: String(count), label: `In ${daysWords(count)}` })),
          { value: 'date', label: 'On a day…' },
        ]}
        hint={hint}
        error={value.choice === 'date' ? undefined : error}
        className="basis-64"
      />
      {value.choice === 'date' && (
        <TextField
          label="Day"
          type="date"
          required
          min={dayText(daysFromNow(1))}
          max={daysMax === undefined ? undefined : dayText(daysFromNow(daysMax))}
          value={value.date}
          error={error}
          onChange={(event) => onChange({ ...value, date: event.target.value })}
          fieldClassName="basis-40"
        />
      )}
    </div>
  )
}

/** The end of a day, where the person is; null: that is no day. */
export function endOfDay(date: string): Date | null {
  const end = new Date(`${date}T23:59:59`)
  return Number.isNaN(end.getTime()) ? null : end
}

export function daysFromNow(days: number): Date {
  return new Date(Date.now() + days * 24 * 3_600_000)
}

export function daysWords(days: number): string {
  if (days === 365) return '1 year'
  return days === 1 ? '1 day' : `${days} days`
}

/** A day as a date field has it, where the person is. */
export function dayText(moment: Date): string {
  const two = (part: number) => String(part).padStart(2, '0')
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`
}

'use client'

import { Select } from '#components/ui/select'
import { TextField } from '#components/ui/text-field'
import { LIFE_DAYS } from '#lib/domain/connected-apps/secret-life'

/** What was chosen: `never`, a number of days, or `date` with the day beside it. */
export type ChosenEnd = { choice: string; date: string }

type Props = {
  value: ChosenEnd
  onChange: (value: ChosenEnd) => void
  /** The organization's rule, in days. */
  daysMax: number | null
  error?: string | undefined
}

/** Until when something new lives: within the organization's rule, if it has one. */
export function LifeField({ value, onChange, daysMax, error }: Props) {
  const choices = LIFE_DAYS.filter((days) => daysMax === null || days <= daysMax)
  const longest = daysMax !== null && !choices.some((days) => days === daysMax) ? [daysMax] : []
  return (
    <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
      <Select
        label="Ends"
        value={value.choice}
        onChange={(choice) => onChange({ ...value, choice })}
        options={[
          ...(daysMax === null ? [{ value: 'never', label: 'Never, until somebody ends it' }] : []),
          ...[...choices, ...longest].map((days) => ({
            value: String(days),
            label: `In ${daysWords(days)}`,
          })),
          { value: 'date', label: 'On a day…' },
        ]}
        hint={
          daysMax === null ? undefined : `The organization lets it live for ${daysWords(daysMax)} at most.`
        }
        error={value.choice === 'date' ? undefined : error}
        className="basis-64"
      />
      {value.choice === 'date' && (
        <TextField
          label="Day"
          type="date"
          required
          min={dayText(new Date(Date.now() + DAY_MILLISECONDS))}
          max={daysMax === null ? undefined : dayText(new Date(Date.now() + daysMax * DAY_MILLISECONDS))}
          value={value.date}
          error={error}
          onChange={(event) => onChange({ ...value, date: event.target.value })}
          fieldClassName="basis-40"
        />
      )}
    </div>
  )
}

const DAY_MILLISECONDS = 24 * 3_600_000

/** What is offered first: no end, or the longest that the rule allows. */
export function firstEnd(daysMax: number | null): ChosenEnd {
  return { choice: daysMax === null ? 'never' : String(daysMax), date: '' }
}

/** As the verbs take it; a day is over at its end, where the person is. Null: no day was chosen yet. */
export function lifeOf({ choice, date }: ChosenEnd): { lifeDays?: number | null; expiresAt?: string } | null {
  if (choice === 'never') return { lifeDays: null }
  if (choice !== 'date') return { lifeDays: Number(choice) }
  const end = new Date(`${date}T23:59:59`)
  return Number.isNaN(end.getTime()) ? null : { expiresAt: end.toISOString() }
}

function daysWords(days: number): string {
  if (days === 365) return '1 year'
  return days === 1 ? '1 day' : `${days} days`
}

function dayText(moment: Date): string {
  const two = (part: number) => String(part).padStart(2, '0')
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`
}

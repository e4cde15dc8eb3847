'use client'

import { type ChosenEnd, daysWords, EndField, endOfDay } from '#components/forms/end-field'
import { LIFE_DAYS } from '#lib/domain/connected-apps/secret-life'

type Props = {
  value: ChosenEnd
  onChange: (value: ChosenEnd) => void
  /** The organization's rule, in days. */
  daysMax: number | null
  error?: string | undefined
}

/** Until when something new lives: within the organization's rule, if it has one. */
export function LifeField({ daysMax, ...field }: Props) {
  const choices = LIFE_DAYS.filter((days) => daysMax === null || days <= daysMax)
  const longest = daysMax !== null && !choices.some((days) => days === daysMax) ? [daysMax] : []
  return (
    <EndField
      {...field}
      days={[...choices, ...longest]}
      never={daysMax === null ? 'Never, until somebody ends it' : undefined}
      daysMax={daysMax ?? undefined}
      hint={daysMax === null ? undefined : `The organization lets it live for ${daysWords(daysMax)} at most.`}
    />
  )
}

/** What is offered first: no end, or the longest that the rule allows. */
export function firstEnd(daysMax: number | null): ChosenEnd {
  return { choice: daysMax === null ? 'never' : String(daysMax), date: '' }
}

/** As the verbs take it. Null: no day was chosen yet. */
export function lifeOf({ choice, date }: ChosenEnd): { lifeDays?: number | null; expiresAt?: string } | null {
  if (choice === 'never') return { lifeDays: null }
  if (choice !== 'date') return { lifeDays: Number(choice) }
  const end = endOfDay(date)
  return end && { expiresAt: end.toISOString() }
}

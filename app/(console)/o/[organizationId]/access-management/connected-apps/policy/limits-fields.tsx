'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { endOfEntryWords } from '#components/connected-apps/policy-words'
import { type ChosenEnd, daysFromNow, dayText, EndField, endOfDay } from '#components/forms/end-field'
import { Combobox } from '#components/ui/combobox'
import type { Id } from '#lib/base/ids'
import { ENTRY_DAYS_MAX } from '#lib/domain/allowlist/schema'
import { readApi } from '../../../../../read-api.ts'

export type Limits = { endsAt: Date | null; group: { id: Id<'group'>; name: string } | null }
export type ChosenLimits = { end: ChosenEnd; group: Limits['group'] }

const EVERYONE = 'everyone'

type Props = {
  organizationId: Id<'organization'>
  /** How many use the app now: an end is theirs, too. Undefined: not known yet. */
  people: number | undefined
  value: ChosenLimits
  /** Told what changed alone: two fields may change before anything is drawn anew. */
  onChange: (change: (before: ChosenLimits) => ChosenLimits) => void
  errors: Readonly<Record<string, string | undefined>>
  /** Whom it is for is not theirs to say. */
  isForEveryone?: boolean
}

/** Until when an entry of the allowlist is good, and for which group of people. */
export function LimitsFields({ organizationId, people, value, onChange, errors, isForEveryone }: Props) {
  const [typed, setTyped] = useState('')
  const search = useDeferredValue(typed.trim())
  const found = useQuery({
    queryKey: ['groups', organizationId, search],
    queryFn: () =>
      readApi<{ data: { id: Id<'group'>; name: string; people: number }[] }>(
        `/organizations/${organizationId}/groups?search=${encodeURIComponent(search)}`,
      ),
    placeholderData: keepPreviousData,
    enabled: !isForEveryone,
  })
  const groups = found.data?.data ?? []
  return (
    <div className="flex flex-col gap-4">
      <EndField
        value={value.end}
        onChange={(end) => onChange((before) => ({ ...before, end }))}
        days={[30, 90, 365]}
        never="Never, until somebody removes it"
        daysMax={ENTRY_DAYS_MAX}
        error={errors.endsAt}
      />
      <p className="text-ink-2 empty:hidden" role="status">
        {value.end.choice !== 'never' && endOfEntryWords(people)}
      </p>
      {!isForEveryone && (
        <Combobox
          label="For"
          hint="Who may authorize it from now on. Groups are made under People."
          options={[
            { value: EVERYONE, label: 'Everyone' },
            ...groups.map(({ id, name, people }) => ({
              value: id as string,
              label: name,
              hint: people === 1 ? '1 person' : `${people.toLocaleString('en')} people`,
            })),
          ]}
          chosen={value.group ? { value: value.group.id, label: value.group.name } : undefined}
          value={value.group?.id ?? EVERYONE}
          onSearch={setTyped}
          onChange={(chosen) => {
            const group = groups.find(({ id }) => id === chosen)
            onChange((before) => ({ ...before, group: group ? { id: group.id, name: group.name } : null }))
          }}
          empty="No group has this name."
          error={errors.groupId ?? (found.isError ? 'The groups could not be read.' : undefined)}
        />
      )}
    </div>
  )
}

export const NO_LIMITS: ChosenLimits = { end: { choice: 'never', date: '' }, group: null }

export function chosenFrom({ endsAt, group }: Limits): ChosenLimits {
  return { end: endsAt ? { choice: 'date', date: dayText(endsAt) } : NO_LIMITS.end, group }
}

/** As the verbs take them: what was chosen, and nothing of what was not. Null: no day was chosen yet. */
export function limitsOf({
  end,
  group,
}: Partial<ChosenLimits>): { endsAt?: string | null; groupId?: Id<'group'> | null } | null {
  const forWhom = group === undefined ? {} : { groupId: group?.id ?? null }
  if (!end) return forWhom
  if (end.choice === 'never') return { endsAt: null, ...forWhom }
  const endsAt = end.choice === 'date' ? endOfDay(end.date) : daysFromNow(Number(end.choice))
  return endsAt && { endsAt: endsAt.toISOString(), ...forWhom }
}

'use client'

import { Plus, X } from 'lucide-react'
import { ChoiceMenu, type ChoiceOption } from './choice-menu.tsx'
import { words } from './words.ts'

/** A filter in a toolbar: dashed “+ Type” when unset, solid “Residence | Finance ×” when set. */
export function FilterChip({
  label,
  options,
  value,
  onChange,
}: {
  label: string
  options: ChoiceOption[]
  value: string[]
  onChange: (value: string[]) => void
}) {
  const chosen = options.filter((option) => value.includes(option.value)).map((option) => option.label)
  if (chosen.length === 0)
    return (
      <ChoiceMenu
        multiple
        label={label}
        options={options}
        value={value}
        onChange={onChange}
        trigger={<UnsetChip label={label} />}
      />
    )
  return (
    <span className="inline-flex h-8 items-stretch rounded-control border border-line-2 bg-surface">
      <ChoiceMenu
        multiple
        label={label}
        options={options}
        value={value}
        onChange={onChange}
        trigger={
          <button type="button" className="flex items-center gap-2 rounded-control pl-2.5 text-ink-2">
            {label}
            <span aria-hidden className="h-4 border-l border-line-2" />
            <span className="max-w-48 truncate font-medium text-ink">
              {chosen.length > 2 ? `${chosen.length}` : chosen.join(', ')}
            </span>
          </button>
        }
      />
      <button
        type="button"
        aria-label={words.removeFilter(label)}
        onClick={() => onChange([])}
        className="flex w-8 items-center justify-center rounded-control text-muted hover:text-ink"
      >
        <X className="size-3.5" aria-hidden />
      </button>
    </span>
  )
}

function UnsetChip({ label, ...rest }: { label: string } & React.ComponentProps<'button'>) {
  return (
    <button
      type="button"
      {...rest}
      className="inline-flex h-8 items-center gap-1.5 rounded-control border border-dashed border-line-2 px-2.5 text-ink-2 hover:bg-hover data-popup-open:bg-subtle"
    >
      <Plus className="size-3.5" aria-hidden />
      {label}
    </button>
  )
}

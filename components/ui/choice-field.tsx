'use client'

import { ChevronsUpDown } from 'lucide-react'
import { useId } from 'react'
import { ChoiceMenu, type ChoiceOption } from './choice-menu.tsx'
import { Field, type FieldWords, fieldAria } from './field.tsx'

type ChoiceFieldProps = FieldWords & {
  options: ChoiceOption[]
  value: string
  onChange: (value: string) => void
  className?: string
}

/** One of a few, in a form whose script keeps the value. Looks like a Select; what opens is fetched when somebody comes near. */
export function ChoiceField({
  label,
  aside,
  hint,
  error,
  labelHidden,
  options,
  value,
  onChange,
  className,
}: ChoiceFieldProps) {
  const id = useId()
  const chosen = options.find((option) => option.value === value)
  return (
    <Field
      id={id}
      label={label}
      aside={aside}
      hint={hint}
      error={error}
      labelHidden={labelHidden}
      className={className}
    >
      <ChoiceMenu
        label={typeof label === 'string' ? label : ''}
        options={options}
        value={value}
        onChange={onChange}
        trigger={
          <button
            type="button"
            {...fieldAria(id, { hint, error })}
            aria-labelledby={`${id}-label ${id}`}
            className="flex h-8 w-full items-center justify-between gap-2 rounded-control border border-edge bg-surface px-2.5 text-left hover:border-muted aria-invalid:border-bad-dot"
          >
            <span className="truncate">{chosen?.label}</span>
            <ChevronsUpDown className="size-3.5 text-muted" aria-hidden />
          </button>
        }
      />
    </Field>
  )
}

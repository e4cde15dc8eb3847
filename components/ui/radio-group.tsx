import { type ReactNode, useId } from 'react'
import { classNames } from './class-names.ts'

export type RadioOption = {
  value: string
  label: ReactNode
  hint?: ReactNode
  /** Beside the label, e.g. a chip “In force”. */
  mark?: ReactNode
  disabled?: boolean
}

type RadioGroupProps = {
  /** The question. */
  legend: ReactNode
  legendHidden?: boolean
  hint?: ReactNode
  error?: ReactNode
  name: string
  options: RadioOption[]
  defaultValue?: string
  /** With `onChange`: controlled. */
  value?: string
  onChange?: (value: string) => void
  /** `cards`: one box with a row each, for choices that carry weight. `plain`: dots and words. */
  look?: 'plain' | 'cards'
  className?: string
}

/** One of a few choices, all in sight. Plain HTML radios. */
export function RadioGroup({
  legend,
  legendHidden,
  hint,
  error,
  name,
  options,
  defaultValue,
  value,
  onChange,
  look = 'plain',
  className,
}: RadioGroupProps) {
  const id = useId()
  const described = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ') || undefined
  return (
    <fieldset className={classNames('min-w-0', className)} aria-describedby={described}>
      <legend className={legendHidden ? 'sr-only' : 'mb-2 font-medium'}>{legend}</legend>
      {hint && (
        <p id={`${id}-hint`} className="mb-2 text-meta text-muted">
          {hint}
        </p>
      )}
      <div
        className={
          look === 'cards'
            ? 'overflow-clip rounded-box border border-line bg-surface'
            : 'flex flex-col gap-2.5'
        }
      >
        {options.map((option) => (
          <label key={option.value} className={look === 'cards' ? CARD : PLAIN}>
            <span className="flex h-5 items-center">
              <input
                type="radio"
                name={name}
                value={option.value}
                disabled={option.disabled}
                {...(onChange
                  ? { checked: value === option.value, onChange: () => onChange(option.value) }
                  : { defaultChecked: (value ?? defaultValue) === option.value })}
                aria-labelledby={`${id}-${option.value}-label`}
                aria-describedby={option.hint ? `${id}-${option.value}` : undefined}
                className="size-4 appearance-none rounded-full border border-edge bg-surface transition-colors duration-100 checked:border-[5px] checked:border-accent disabled:opacity-50 forced-colors:appearance-auto"
              />
            </span>
            <span className="min-w-0">
              <span
                id={`${id}-${option.value}-label`}
                className="flex flex-wrap items-center gap-2 font-medium"
              >
                {option.label}
                {option.mark}
              </span>
              {option.hint && (
                <span id={`${id}-${option.value}`} className="block text-ink-2">
                  {option.hint}
                </span>
              )}
            </span>
          </label>
        ))}
      </div>
      {error && (
        <p id={`${id}-error`} className="mt-1.5 text-meta text-bad">
          {error}
        </p>
      )}
    </fieldset>
  )
}

const PLAIN = 'flex gap-2.5'
const CARD =
  'flex gap-3 border-b border-line px-3.5 py-3 last:border-b-0 hover:bg-hover has-checked:bg-accent-bg has-disabled:opacity-60 has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-accent-ink'

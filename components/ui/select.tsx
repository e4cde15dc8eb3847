'use client'

import { Select as Kit } from '@base-ui/react/select'
import { Check, ChevronsUpDown } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { classNames } from './class-names.ts'
import { Field, type FieldWords, fieldAria } from './field.tsx'
import { POPUP, POPUP_ITEM } from './popup-class.ts'

export type SelectOption = { value: string; label: string; hint?: ReactNode; disabled?: boolean }

type SelectProps = FieldWords & {
  options: SelectOption[]
  name?: string
  value?: string
  defaultValue?: string
  onChange?: (value: string) => void
  placeholder?: string
  disabled?: boolean
  required?: boolean
  size?: 'medium' | 'large'
  className?: string
}

/** One of a list, closed until opened. With fewer than five choices that matter, prefer RadioGroup. */
export function Select({
  label,
  aside,
  hint,
  error,
  labelHidden,
  options,
  name,
  value,
  defaultValue,
  onChange,
  placeholder,
  disabled,
  required,
  size = 'medium',
  className,
}: SelectProps) {
  const id = useId()
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
      <Kit.Root
        items={options}
        name={name}
        value={value}
        defaultValue={defaultValue}
        disabled={disabled}
        required={required}
        onValueChange={(chosen) => chosen !== null && onChange?.(chosen)}
      >
        <Kit.Trigger
          {...fieldAria(id, { hint, error })}
          aria-labelledby={`${id}-label ${id}`}
          className={classNames(
            'flex w-full items-center justify-between gap-2 rounded-control border border-edge bg-surface px-2.5 text-left hover:border-muted disabled:opacity-50 aria-invalid:border-bad-dot',
            size === 'large' ? 'h-10 text-people max-sm:h-11' : 'h-8',
          )}
        >
          <Kit.Value placeholder={placeholder} className="truncate data-placeholder:text-muted" />
          <Kit.Icon render={<ChevronsUpDown className="size-3.5 text-muted" aria-hidden />} />
        </Kit.Trigger>
        <Kit.Portal>
          {/* Fixed, as the dialog is that it may stand in: nothing that scrolls behind moves it away from the pointer. */}
          <Kit.Positioner
            positionMethod="fixed"
            sideOffset={4}
            alignItemWithTrigger={false}
            className="z-40 outline-none"
          >
            <Kit.Popup
              className={classNames(
                POPUP,
                'max-h-(--available-height) min-w-(--anchor-width) overflow-y-auto',
              )}
            >
              <Kit.List>
                {options.map((option) => (
                  <Kit.Item
                    key={option.value}
                    value={option.value}
                    disabled={option.disabled}
                    className={`${POPUP_ITEM} text-ink`}
                  >
                    <span className="min-w-0 flex-1">
                      <Kit.ItemText>{option.label}</Kit.ItemText>
                      {option.hint && <span className="block text-meta text-muted">{option.hint}</span>}
                    </span>
                    <Kit.ItemIndicator render={<Check className="size-3.5 text-accent-ink" aria-hidden />} />
                  </Kit.Item>
                ))}
              </Kit.List>
            </Kit.Popup>
          </Kit.Positioner>
        </Kit.Portal>
      </Kit.Root>
    </Field>
  )
}

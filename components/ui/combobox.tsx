'use client'

import { Combobox as Kit } from '@base-ui/react/combobox'
import { Check, ChevronsUpDown } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import { classNames } from './class-names.ts'
import { FIELD_BOX, Field, type FieldWords, fieldAria } from './field.tsx'
import { POPUP, POPUP_ITEM } from './popup-class.ts'
import { words } from './words.ts'

export type ComboboxOption = { value: string; label: string; hint?: ReactNode }

type ComboboxProps = FieldWords & {
  options: ComboboxOption[]
  name?: string
  value?: string | null
  defaultValue?: string | null
  onChange?: (value: string | null) => void
  /** Given: whoever draws it finds the options for what was typed; nothing is filtered here. */
  onSearch?: (typed: string) => void
  /** What is chosen, where the options at hand do not hold it. */
  chosen?: ComboboxOption
  placeholder?: string
  /** Said where nothing matches what was typed. */
  empty?: ReactNode
  disabled?: boolean
  required?: boolean
  className?: string
}

/**
 * The option as it was first found, while it is the same in words: where options come and go as one types, a new object
 * for the same choice would put its label back over what was typed.
 */
function useSame(found: ComboboxOption | null | undefined) {
  const [held, setHeld] = useState(found)
  const isSame =
    (found === undefined) === (held === undefined) &&
    found?.value === held?.value &&
    found?.label === held?.label
  if (!isSame) setHeld(found)
  return isSame ? held : found
}

/** One of a long list, found by typing. Escape closes the list and never clears what was chosen. */
export function Combobox({
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
  onSearch,
  chosen,
  placeholder,
  empty = words.noMatches,
  disabled,
  required,
  className,
}: ComboboxProps) {
  const id = useId()
  const [open, setOpen] = useState(false)
  const find = (wanted: string | null | undefined) =>
    wanted === undefined ? undefined : (options.find((option) => option.value === wanted) ?? chosen ?? null)
  const selected = useSame(find(value))
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
        {...(onSearch && {
          filter: null,
          onInputValueChange: (typed, { reason }) => reason === 'input-change' && onSearch(typed),
        })}
        name={name}
        value={selected}
        defaultValue={find(defaultValue)}
        isItemEqualToValue={(one, other) => one.value === other.value}
        onValueChange={(chosen) => onChange?.(chosen?.value ?? null)}
        open={open}
        onOpenChange={setOpen}
        autoHighlight
        modal
        disabled={disabled}
        required={required}
      >
        <Kit.InputGroup className="relative">
          <Kit.Input
            {...fieldAria(id, { hint, error })}
            aria-labelledby={`${id}-label`}
            placeholder={placeholder}
            onKeyDown={(event) => {
              if (event.key === 'Escape' && !open) event.preventBaseUIHandler()
            }}
            className={classNames(FIELD_BOX, 'h-8 pr-8 pl-2.5')}
          />
          <Kit.Trigger
            aria-label={words.open}
            className="absolute inset-y-0 right-0 flex w-8 items-center justify-center text-muted"
          >
            <ChevronsUpDown className="size-3.5" aria-hidden />
          </Kit.Trigger>
        </Kit.InputGroup>
        <Kit.Portal>
          {/* Fixed, as the dialog is that it may stand in: nothing that scrolls behind moves it away from the pointer. */}
          <Kit.Positioner positionMethod="fixed" sideOffset={4} className="z-40 outline-none">
            <Kit.Popup
              className={classNames(
                POPUP,
                'max-h-[min(20rem,var(--available-height))] w-(--anchor-width) overflow-y-auto',
              )}
            >
              <Kit.Empty>
                <p className="px-2 py-1.5 text-muted">{empty}</p>
              </Kit.Empty>
              <Kit.List>
                {(option: ComboboxOption) => (
                  <Kit.Item key={option.value} value={option} className={`${POPUP_ITEM} text-ink`}>
                    <span className="min-w-0 flex-1">
                      {option.label}
                      {option.hint && <span className="block text-meta text-muted">{option.hint}</span>}
                    </span>
                    <Kit.ItemIndicator render={<Check className="size-3.5 text-accent-ink" aria-hidden />} />
                  </Kit.Item>
                )}
              </Kit.List>
            </Kit.Popup>
          </Kit.Positioner>
        </Kit.Portal>
      </Kit.Root>
    </Field>
  )
}

import { type ComponentProps, useId } from 'react'
import { classNames } from './class-names.ts'
import { FIELD_BOX, Field, type FieldWords, fieldAria } from './field.tsx'

/** Several lines of text; it grows with what is written, where the browser can. */
export function TextArea({
  label,
  aside,
  hint,
  error,
  labelHidden,
  mono,
  fieldClassName,
  className,
  id,
  rows = 2,
  ...rest
}: FieldWords & ComponentProps<'textarea'> & { mono?: boolean; fieldClassName?: string }) {
  const made = useId()
  const own = id ?? made
  return (
    <Field
      id={own}
      label={label}
      aside={aside}
      hint={hint}
      error={error}
      labelHidden={labelHidden}
      className={fieldClassName}
    >
      <textarea
        rows={rows}
        {...rest}
        {...fieldAria(own, { hint, error })}
        className={classNames(
          FIELD_BOX,
          'field-sizing-content min-h-14 px-2.5 py-1.5',
          mono && 'font-mono text-meta',
          className,
        )}
      />
    </Field>
  )
}

import { type ComponentProps, useId } from 'react'
import { classNames } from './class-names.ts'
import { FIELD_BOX, Field, type FieldWords, fieldAria } from './field.tsx'

type TextFieldProps = FieldWords &
  Omit<ComponentProps<'input'>, 'size'> & {
    /** `large` on people-facing cards: 40 px, 44 on a phone. */
    size?: 'medium' | 'large'
    /** For ids, addresses, secrets. */
    mono?: boolean
    /** Classes of the whole field, for its place on the page. */
    fieldClassName?: string
  }

/** One line of text. Plain HTML: works before script has loaded and without it. */
export function TextField({
  label,
  aside,
  hint,
  error,
  labelHidden,
  size = 'medium',
  mono,
  fieldClassName,
  className,
  id,
  ...rest
}: TextFieldProps) {
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
      <input
        type="text"
        {...rest}
        {...fieldAria(own, { hint, error })}
        className={classNames(
          FIELD_BOX,
          'px-2.5',
          size === 'large' ? 'h-10 text-people max-sm:h-11 max-sm:text-[1rem]' : 'h-8 max-sm:h-10',
          mono && 'font-mono text-meta',
          className,
        )}
      />
    </Field>
  )
}

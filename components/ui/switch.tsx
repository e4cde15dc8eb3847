import { type ComponentProps, type ReactNode, useId } from 'react'
import { classNames } from './class-names.ts'

/** On or off, in force once saved. Label and hint on the left, the switch on the right, as a setting reads. */
export function Switch({
  label,
  hint,
  className,
  ...rest
}: Omit<ComponentProps<'input'>, 'type' | 'size'> & { label: ReactNode; hint?: ReactNode }) {
  const id = useId()
  return (
    <div className={classNames('flex items-start justify-between gap-6', className)}>
      <div>
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        {hint && (
          <p id={`${id}-hint`} className="text-muted">
            {hint}
          </p>
        )}
      </div>
      <span className="relative inline-flex h-[18px] w-8 shrink-0">
        <input
          type="checkbox"
          // biome-ignore lint/a11y/useAriaPropsForRole: a checkbox tells its own state
          role="switch"
          id={id}
          aria-describedby={hint ? `${id}-hint` : undefined}
          {...rest}
          className="peer size-full appearance-none rounded-full bg-edge transition-colors duration-150 before:absolute before:-inset-2 checked:bg-accent disabled:opacity-50 forced-colors:appearance-auto"
        />
        <span className="pointer-events-none absolute top-0.5 left-0.5 size-3.5 rounded-full bg-[#fff] transition-transform duration-150 peer-checked:translate-x-3.5 forced-colors:hidden" />
      </span>
    </div>
  )
}

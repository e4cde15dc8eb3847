import { Check } from 'lucide-react'
import { type ComponentProps, type ReactNode, useId } from 'react'
import { classNames } from './class-names.ts'

export type CheckboxProps = Omit<ComponentProps<'input'>, 'type' | 'size'> & {
  /** Shown beside the box. Without it, give `aria-label`. */
  label?: ReactNode
  hint?: ReactNode
}

/** A checkbox. Plain HTML: its name and value go with the form. */
export function Checkbox({ label, hint, className, id, ...rest }: CheckboxProps) {
  const made = useId()
  const own = id ?? made
  const box = (
    <CheckboxBox {...rest} id={own} aria-describedby={hint ? `${own}-hint` : rest['aria-describedby']} />
  )
  if (!label) return <span className={classNames('inline-flex align-middle', className)}>{box}</span>
  return (
    <div className={classNames('flex gap-2.5', className)}>
      <span className="flex h-5 items-center">{box}</span>
      <div>
        <label htmlFor={own} className="font-medium">
          {label}
        </label>
        {hint && (
          <p id={`${own}-hint`} className="text-muted">
            {hint}
          </p>
        )}
      </div>
    </div>
  )
}

function CheckboxBox(props: ComponentProps<'input'>) {
  return (
    <span className="relative inline-flex size-4 shrink-0">
      <input
        type="checkbox"
        {...props}
        className="peer size-4 appearance-none rounded-small border border-edge bg-surface transition-colors duration-100 before:absolute before:-inset-2 checked:border-accent checked:bg-accent indeterminate:border-accent indeterminate:bg-accent disabled:opacity-50 forced-colors:appearance-auto"
      />
      <Check
        strokeWidth={3}
        aria-hidden
        className="pointer-events-none absolute inset-0.5 size-3 stroke-3 text-on-accent opacity-0 peer-checked:opacity-100 peer-indeterminate:opacity-0 forced-colors:hidden"
      />
      <span className="pointer-events-none absolute top-[7px] left-1 h-0.5 w-2 rounded-full bg-on-accent opacity-0 peer-indeterminate:opacity-100 forced-colors:hidden" />
    </span>
  )
}

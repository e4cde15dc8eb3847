import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

export type FieldWords = {
  label: ReactNode
  /** Beside the label, muted: “Optional, shown to your administrators”. */
  aside?: ReactNode
  /** Below the field: what is expected. */
  hint?: ReactNode
  /** Below the field, instead of nothing: what happened, why, what to do next. */
  error?: ReactNode
  /** The label is read aloud but not shown. */
  labelHidden?: boolean
}

/** Label, field, hint and error in their places. The field inside takes `fieldAria(id, words)` so that they are read together. */
export function Field({
  id,
  label,
  aside,
  hint,
  error,
  labelHidden,
  className,
  children,
}: FieldWords & { id: string; className?: string; children: ReactNode }) {
  return (
    <div className={classNames('flex min-w-0 flex-col gap-1.5', className)}>
      <div className={labelHidden ? 'sr-only' : undefined}>
        <label htmlFor={id} id={`${id}-label`} className="font-medium">
          {label}
        </label>
        {aside && <span className="text-muted"> {aside}</span>}
      </div>
      {children}
      {hint && (
        <p id={`${id}-hint`} className="text-meta text-muted">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="flex gap-1.5 text-meta text-bad">
          <CircleAlert className="mt-px size-3.5" aria-hidden />
          <span>{error}</span>
        </p>
      )}
    </div>
  )
}

/** The attributes that tie a field to its hint and its error. */
export function fieldAria(id: string, { hint, error }: Pick<FieldWords, 'hint' | 'error'>) {
  const described = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ')
  return { id, 'aria-describedby': described || undefined, 'aria-invalid': error ? true : undefined } as const
}

/** The box of a text field, whatever is inside. Its edge keeps 3:1 against the page. */
export const FIELD_BOX =
  'w-full min-w-0 rounded-control border border-edge bg-surface text-ink transition-colors duration-100 outline-none hover:border-muted focus-visible:border-accent focus-visible:outline-2 focus-visible:outline-offset-0 focus-visible:outline-accent focus-within:border-accent disabled:bg-subtle disabled:text-muted read-only:bg-hover aria-invalid:border-bad-dot'

'use client'

import { CircleAlert } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { words } from '../ui/words.ts'

export type FormError = { /** The id of the field, to go there. */ fieldId?: string; message: string }

/** Above a form that was refused: every reason, each a link to its field. Takes the focus when it appears. */
export function ErrorSummary({ errors, title }: { errors: FormError[]; title?: string }) {
  const box = useRef<HTMLDivElement>(null)
  const shown = errors.map((error) => error.message).join('\n')
  useEffect(() => {
    if (shown) box.current?.focus()
  }, [shown])
  if (errors.length === 0) return null
  return (
    <div
      ref={box}
      role="alert"
      tabIndex={-1}
      className="flex gap-2.5 rounded-box border border-bad-dot/30 bg-bad-bg px-3 py-2.5"
    >
      <CircleAlert className="mt-0.5 text-bad" aria-hidden />
      <div>
        <p className="font-medium text-bad">{title ?? words.errorCount(errors.length)}</p>
        <ul>
          {errors.map((error) => (
            <li key={`${error.fieldId}:${error.message}`} className="text-ink-2">
              {error.fieldId ? (
                <a href={`#${error.fieldId}`} className="text-inherit underline underline-offset-2">
                  {error.message}
                </a>
              ) : (
                error.message
              )}
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}

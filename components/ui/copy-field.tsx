'use client'

import { type ReactNode, useId } from 'react'
import { CopyButton } from './copy-button.tsx'
import { FIELD_BOX } from './field.tsx'
import { words } from './words.ts'

/** A value to take along, such as a link: read-only, chosen whole when focused, with Copy beside it. */
export function CopyField({
  label,
  value,
  copyLabel = words.copy,
}: {
  label: ReactNode
  value: string
  copyLabel?: string
}) {
  const id = useId()
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      <div className="flex gap-2">
        <input
          id={id}
          readOnly
          value={value}
          onFocus={(event) => event.target.select()}
          className={`${FIELD_BOX} h-8 px-2.5 font-mono text-meta max-sm:h-11`}
        />
        <CopyButton text={value} label={copyLabel} className="max-sm:h-11" />
      </div>
    </div>
  )
}

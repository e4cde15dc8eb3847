import { Search } from 'lucide-react'
import type { ComponentProps } from 'react'
import { classNames } from './class-names.ts'
import { FIELD_BOX } from './field.tsx'

/** A search field: put it in a GET form, or give it `onChange`. The label is read aloud. */
export function SearchField({
  label,
  className,
  ...rest
}: { label: string } & Omit<ComponentProps<'input'>, 'type' | 'size'>) {
  return (
    <div className={classNames('relative', className)}>
      <Search
        className="pointer-events-none absolute top-1/2 left-2.5 size-3.5 -translate-y-1/2 text-muted"
        aria-hidden
      />
      <input
        type="search"
        aria-label={label}
        autoComplete="off"
        spellCheck={false}
        {...rest}
        className={classNames(FIELD_BOX, 'h-8 pr-2 pl-8')}
      />
    </div>
  )
}

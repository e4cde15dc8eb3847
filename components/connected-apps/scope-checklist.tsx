'use client'

import { Plus } from 'lucide-react'
import { useId } from 'react'
import { Checkbox } from '#components/ui/checkbox'
import { RiskBars } from '#components/ui/risk-bars'
import { byRisk, type ScopeWords } from './scope-lines.tsx'

type Props = {
  legend: string
  scopes: readonly ScopeWords[]
  value: readonly string[]
  onChange: (value: string[]) => void
  /** What is asked beyond what is allowed: it stands out. */
  isNew?: boolean
  error?: string
  disabled?: boolean
}

/** Scopes chosen one by one, in words first, the highest risk first; says how many of them are. */
export function ScopeChecklist({ legend, scopes, value, onChange, isNew, error, disabled }: Props) {
  const id = useId()
  const chosen = scopes.filter((scope) => value.includes(scope.name)).length
  return (
    <fieldset className="min-w-0" aria-describedby={error ? `${id}-error` : undefined}>
      <legend className="sr-only">{legend}</legend>
      <p className="mb-2 flex justify-between gap-4">
        <span aria-hidden className="text-section">
          {legend}
        </span>
        <span role="status" className="text-muted">
          {chosen} of {scopes.length} chosen
        </span>
      </p>
      <ul
        className={
          isNew
            ? 'divide-y divide-ok-line overflow-clip rounded-box border border-ok-line bg-ok-wash'
            : 'divide-y divide-line overflow-clip rounded-box border border-line bg-surface'
        }
      >
        {byRisk(scopes).map((scope) => (
          <li key={scope.name} className="flex gap-x-3 gap-y-0.5 px-3 py-2 max-sm:flex-wrap">
            <Checkbox
              label={
                <>
                  {isNew && <Plus className="mr-1.5 inline size-3 align-[-1px] text-ok" aria-label="New:" />}
                  {scope.title}
                </>
              }
              hint={<span className="text-meta">{scope.description}</span>}
              checked={value.includes(scope.name)}
              disabled={disabled}
              onChange={(event) =>
                onChange(
                  event.target.checked ? [...value, scope.name] : value.filter((one) => one !== scope.name),
                )
              }
              className="min-w-0 flex-1 max-sm:basis-full"
            />
            <code className="flex h-5 items-center font-mono text-meta break-all text-ink-2 max-sm:ml-[26px] max-sm:flex-1">
              {scope.name}
            </code>
            <span className="flex h-5 items-center">
              <RiskBars level={scope.risk} />
            </span>
          </li>
        ))}
      </ul>
      {error && (
        <p id={`${id}-error`} className="mt-1.5 text-meta text-bad">
          {error}
        </p>
      )}
    </fieldset>
  )
}

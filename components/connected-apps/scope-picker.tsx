'use client'

import { memo, useCallback, useDeferredValue, useId, useMemo, useRef, useState } from 'react'
import { Checkbox } from '#components/ui/checkbox'
import { Meter } from '#components/ui/meter'
import { RiskBars } from '#components/ui/risk-bars'
import { SearchField } from '#components/ui/search-field'

/** A scope of the catalogue as one chooses it. */
export type ScopeChoice = {
  name: string
  title: string
  description: string
  risk: 'low' | 'medium' | 'high'
  /** The API it belongs to. */
  apiName: string
}

type Props = {
  scopes: readonly ScopeChoice[]
  value: readonly string[]
  onChange: (value: string[]) => void
  error?: string
  hint?: string
  /** How many the app may have. */
  max: number
  disabled?: boolean
}

const RISKS = ['high', 'medium', 'low']
/** More scroll in a box of their own, so that what follows them stays within reach. */
const UNBOXED_MAX = 40

/** Scopes chosen from the catalogue: found by words or by name, the highest risk first in each API. */
export function ScopePicker({ scopes, value, onChange, error, hint, max, disabled }: Props) {
  const id = useId()
  const [search, setSearch] = useState('')
  const [onlyChosen, setOnlyChosen] = useState(false)
  const wanted = useDeferredValue(search.trim().toLowerCase())
  const held = useMemo(() => new Set(value), [value])
  // Only what can be seen counts: a scope that is not offered here cannot be taken away here.
  const chosen = scopes.filter((scope) => held.has(scope.name)).length
  const shown = scopes.filter(
    (scope) =>
      (!onlyChosen || held.has(scope.name)) &&
      `${scope.name} ${scope.title} ${scope.description}`.toLowerCase().includes(wanted),
  )
  // The same function each time: of a thousand rows, only the one that was pressed is drawn anew.
  const latest = useRef({ value, onChange })
  latest.current = { value, onChange }
  const toggle = useCallback((name: string, isChosen: boolean) => {
    const { value, onChange } = latest.current
    onChange(isChosen ? [...value, name] : value.filter((one) => one !== name))
  }, [])
  return (
    <fieldset className="min-w-0" aria-describedby={error ? `${id}-error` : undefined}>
      <legend className="mb-1 font-medium">Scopes</legend>
      <div className="mb-2 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 text-meta">
        {hint && <p className="text-muted">{hint}</p>}
        <Meter
          value={value.length}
          max={max}
          words={`${value.length.toLocaleString('en')} of ${max.toLocaleString('en')} scopes`}
        />
      </div>
      <div className="overflow-clip rounded-box border border-line bg-surface">
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line p-2">
          <SearchField
            label="Find a scope"
            placeholder="Find by words or name"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
            className="min-w-40 flex-1"
          />
          <Checkbox
            label={`Only chosen (${chosen})`}
            checked={onlyChosen}
            onChange={(event) => setOnlyChosen(event.target.checked)}
          />
        </div>
        <div className={scopes.length > UNBOXED_MAX ? 'max-h-96 overflow-y-auto' : undefined}>
          {byApi(shown).map(([apiName, group]) => (
            <div key={apiName}>
              <p className="bg-hover px-3 py-1 text-meta text-muted">{apiName}</p>
              <ul className="divide-y divide-line">
                {group.map((scope) => (
                  <ScopeRow
                    key={scope.name}
                    scope={scope}
                    isChosen={held.has(scope.name)}
                    disabled={disabled}
                    onToggle={toggle}
                  />
                ))}
              </ul>
            </div>
          ))}
          {shown.length === 0 && (
            <p role="status" className="px-3 py-6 text-center text-muted">
              {onlyChosen && !wanted ? 'None chosen yet.' : 'No scope matches.'}
            </p>
          )}
        </div>
      </div>
      {error && (
        <p id={`${id}-error`} className="mt-1.5 text-meta text-bad">
          {error}
        </p>
      )}
    </fieldset>
  )
}

type RowProps = {
  scope: ScopeChoice
  isChosen: boolean
  disabled?: boolean
  onToggle: (name: string, isChosen: boolean) => void
}

const ScopeRow = memo(function ScopeRow({ scope, isChosen, disabled, onToggle }: RowProps) {
  const id = useId()
  return (
    <li className="relative flex items-start gap-3 px-3 py-2 [contain-intrinsic-size:auto_3.25rem] [content-visibility:auto] hover:bg-hover has-checked:bg-accent-bg">
      <span className="flex h-5 items-center">
        <Checkbox
          id={id}
          checked={isChosen}
          disabled={disabled}
          onChange={(event) => onToggle(scope.name, event.target.checked)}
          aria-describedby={`${id}-about`}
        />
      </span>
      <div className="min-w-0 flex-1">
        <label htmlFor={id} className="font-medium after:absolute after:inset-0">
          {scope.title}
        </label>
        <p id={`${id}-about`} className="text-meta text-muted">
          {scope.description} <span className="font-mono wrap-anywhere">{scope.name}</span>
        </p>
      </div>
      <span className="flex h-5 items-center">
        <RiskBars level={scope.risk} />
      </span>
    </li>
  )
})

/** The APIs in the order they are offered; in each, the highest risk first. */
function byApi(scopes: readonly ScopeChoice[]): Array<[string, ScopeChoice[]]> {
  const groups = new Map<string, ScopeChoice[]>()
  for (const scope of scopes) groups.set(scope.apiName, [...(groups.get(scope.apiName) ?? []), scope])
  return [...groups].map(([apiName, group]) => [apiName, group.sort(byRisk)])
}

function byRisk(one: ScopeChoice, other: ScopeChoice): number {
  return RISKS.indexOf(one.risk) - RISKS.indexOf(other.risk) || one.title.localeCompare(other.title)
}

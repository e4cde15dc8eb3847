'use client'

import { CircleAlert, Plus, TriangleAlert, X } from 'lucide-react'
import { useId, useRef } from 'react'
import { Button } from '#components/ui/button'
import { IconButton } from '#components/ui/icon-button'
import { judgeRedirectUri } from '#lib/domain/connected-apps/rules'
import { FIELD_BOX } from '../ui/field.tsx'

type Props = {
  clientType: 'server' | 'browser' | 'native'
  value: string[]
  onChange: (value: string[]) => void
  /** Sentences by `redirectUris` and `redirectUris.<row>`, as a refusal names them. */
  errors?: Readonly<Record<string, string>>
  disabled?: boolean
}

/** Redirect URIs, one a row. What is risky or refused is said beneath the row while it is typed. */
export function RedirectUrisField({ clientType, value, onChange, errors = {}, disabled }: Props) {
  const id = useId()
  const list = useRef<HTMLUListElement>(null)
  const rows = value.length > 0 ? value : ['']
  const change = (row: number, uri: string) => onChange(rows.map((old, at) => (at === row ? uri : old)))
  const focus = (row: number) =>
    requestAnimationFrame(() => list.current?.querySelectorAll('input')[row]?.focus())
  const add = () => {
    onChange([...rows, ''])
    focus(rows.length)
  }
  const remove = (row: number) => {
    onChange(rows.filter((_, at) => at !== row))
    focus(Math.max(0, row - 1))
  }
  return (
    <fieldset className="flex flex-col gap-2" aria-describedby={`${id}-hint`}>
      <legend className="mb-1 font-medium">Redirect URIs</legend>
      <p id={`${id}-hint`} className="text-meta text-muted">
        Where people go back to with their code. The app must ask for exactly one of these.
      </p>
      <ul ref={list} className="flex flex-col gap-2">
        {rows.map((uri, row) => (
          <UriRow
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place, whatever is typed in it
            key={row}
            id={`${id}-${row}`}
            label={`Redirect URI ${row + 1}`}
            uri={uri}
            verdict={uri ? judgeRedirectUri(uri, clientType) : null}
            refused={errors[`redirectUris.${row}`] ?? (row === 0 ? errors.redirectUris : undefined)}
            disabled={disabled}
            onChange={(next) => change(row, next)}
            onEnter={add}
            onRemove={rows.length > 1 || uri ? () => remove(row) : undefined}
          />
        ))}
      </ul>
      {!disabled && (
        <div>
          <Button size="small" variant="quiet" icon={<Plus aria-hidden />} onClick={add} className="-ml-2.5">
            Add another
          </Button>
        </div>
      )}
    </fieldset>
  )
}

type RowProps = {
  id: string
  label: string
  uri: string
  verdict: ReturnType<typeof judgeRedirectUri>
  refused?: string
  disabled?: boolean
  onChange: (uri: string) => void
  onEnter: () => void
  onRemove?: () => void
}

function UriRow({ id, label, uri, verdict, refused, disabled, onChange, onEnter, onRemove }: RowProps) {
  const error = refused ?? (verdict && 'error' in verdict ? verdict.error : undefined)
  const note = error ?? (verdict && 'warning' in verdict ? verdict.warning : undefined)
  return (
    <li>
      <div className="flex gap-1">
        <input
          id={id}
          aria-label={label}
          aria-invalid={error ? true : undefined}
          aria-describedby={note ? `${id}-note` : undefined}
          type="text"
          inputMode="url"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          disabled={disabled}
          placeholder="https://app.example.com/callback"
          value={uri}
          onChange={(event) => onChange(event.target.value.trim())}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            event.preventDefault()
            onEnter()
          }}
          className={`${FIELD_BOX} h-8 px-2.5 font-mono text-meta max-sm:h-10`}
        />
        {onRemove && !disabled && (
          <IconButton label={`Remove ${uri || label}`} icon={<X aria-hidden />} onClick={onRemove} />
        )}
      </div>
      {note && (
        <p id={`${id}-note`} className={`mt-1 flex gap-1.5 text-meta ${error ? 'text-bad' : 'text-warn'}`}>
          {error ? (
            <CircleAlert className="mt-px size-3.5" aria-hidden />
          ) : (
            <TriangleAlert className="mt-px size-3.5" aria-hidden />
          )}
          <span>{note}</span>
        </p>
      )}
    </li>
  )
}

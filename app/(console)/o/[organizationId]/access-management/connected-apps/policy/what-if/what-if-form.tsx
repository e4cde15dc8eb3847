'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useDeferredValue, useOptimistic, useState, useTransition } from 'react'
import { Checkbox } from '#components/ui/checkbox'
import { Combobox } from '#components/ui/combobox'
import { TextField } from '#components/ui/text-field'
import type { Id } from '#lib/base/ids'
import type { FoundApp } from '#lib/domain/allowlist/list-listable-apps'
import type { WhatIf } from '#lib/domain/authorizations/get-what-if'
import { KEEPING_ACCESS } from '#lib/domain/connected-apps/scopes'
import { readApi } from '../../../../../../read-api.ts'
import { type UrlQuery, urlWith } from '../../../../../../url-query.ts'
import { looksLikeClientId } from '../allowlist/client-id.ts'

type Query = UrlQuery<'person' | 'app' | 'scope' | 'from'>
type Props = {
  organizationId: Id<'organization'>
  path: string
  wish: Query
  found: WhatIf | null
  errors: Readonly<Record<string, string>>
}

const AWAY = 'The search could not be reached. Type again to try once more.'

/** Who, which app, what it asks for, and from where. Each choice is in the address at once, and the answer beside it follows. */
export function WhatIfForm({ organizationId, path, wish, found, errors }: Props) {
  const router = useRouter()
  const [isPending, startTransition] = useTransition()
  // What is asked while an answer is on its way is asked beside what was asked before.
  const [wanted, want] = useOptimistic(wish, (before, change: Query) => ({ ...before, ...change }))
  const ask = (change: Query) =>
    startTransition(() => {
      want(change)
      router.replace(urlWith(path, wanted, change), { scroll: false })
    })
  const scopes = found?.app.scopes ?? []
  return (
    <div className="flex flex-col gap-4" aria-busy={isPending}>
      <PersonField
        organizationId={organizationId}
        value={wish.person ?? null}
        chosen={found?.person}
        onChange={(person) => ask({ person })}
        error={errors.userId}
      />
      <AppField
        organizationId={organizationId}
        value={wish.app ?? null}
        chosen={found?.app}
        onChange={(app) => ask({ app, scope: undefined })}
        error={errors.clientId}
      />
      <AddressField value={wanted.from ?? ''} onChange={(from) => ask({ from })} error={errors.address} />
      {found && scopes.length > 0 && (
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-1.5 font-medium">It asks for</legend>
          {scopes.map((scope) => (
            <Checkbox
              key={scope.name}
              label={scope.title}
              hint={
                <>
                  <code className="font-mono text-meta">{scope.name}</code>
                  {scope.name === KEEPING_ACCESS && ' – asked for by itself, where tokens can be renewed'}
                </>
              }
              disabled={scope.name === KEEPING_ACCESS}
              checked={(scope.name === KEEPING_ACCESS ? found.counted : found.asked).includes(scope.name)}
              onChange={(event) => {
                const others = found.asked.filter((one) => one !== scope.name)
                const asked = event.target.checked ? [...others, scope.name] : others
                ask({ scope: asked.join(' ') || '-' })
              }}
            />
          ))}
        </fieldset>
      )}
    </div>
  )
}

type AddressProps = {
  value: string
  onChange: (value: string | undefined) => void
  error: string | undefined
}

/** Asked once it is typed to its end: on the way there it is no address. */
function AddressField({ value, onChange, error }: AddressProps) {
  const [typed, setTyped] = useState(value)
  const [seen, setSeen] = useState(value)
  if (seen !== value) {
    setSeen(value)
    // Of a link that asks from elsewhere; an answer to what was typed here says the same.
    setTyped(value)
  }
  const ask = () => typed.trim() !== value && onChange(typed.trim() || undefined)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        ask()
      }}
    >
      <TextField
        label="From address"
        aside="Optional"
        hint="It matters only for apps that may be used from some networks only."
        placeholder="203.0.113.7"
        mono
        autoComplete="off"
        spellCheck={false}
        maxLength={45}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={ask}
        error={error}
      />
    </form>
  )
}

type FieldProps<T> = {
  organizationId: Id<'organization'>
  value: string | null
  chosen: T | undefined
  onChange: (value: string) => void
  error: string | undefined
}

function PersonField({ organizationId, value, chosen, onChange, error }: FieldProps<WhatIf['person']>) {
  const [typed, setTyped] = useState('')
  const search = useDeferredValue(typed.trim())
  const people = useQuery({
    queryKey: ['people', organizationId, search],
    queryFn: () =>
      readApi<{ data: { id: string; fullName: string; username: string }[] }>(
        `/organizations/${organizationId}/members?search=${encodeURIComponent(search)}`,
      ),
    placeholderData: keepPreviousData,
  })
  return (
    <Combobox
      label="Person"
      options={(people.data?.data ?? []).map(({ id, fullName, username }) => ({
        value: id,
        label: fullName,
        hint: username,
      }))}
      chosen={chosen && { value: chosen.id, label: chosen.name }}
      value={value}
      onSearch={setTyped}
      onChange={(id) => id && onChange(id)}
      placeholder="Search by name or username"
      empty={people.isError ? AWAY : people.isPending ? 'Searching…' : 'Nobody here is called that.'}
      error={error}
    />
  )
}

function AppField({ organizationId, value, chosen, onChange, error }: FieldProps<WhatIf['app']>) {
  const [typed, setTyped] = useState('')
  const search = useDeferredValue(typed.trim())
  const isId = looksLikeClientId(search)
  const apps = useQuery({
    queryKey: ['listable-apps', organizationId, search],
    queryFn: () =>
      readApi<{ data: FoundApp[] }>(
        `/organizations/${organizationId}/listable-apps?search=${encodeURIComponent(search)}`,
      ),
    placeholderData: keepPreviousData,
    enabled: !isId,
  })
  const options = isId
    ? [{ value: search, label: search, hint: 'The app with this client ID' }]
    : (apps.data?.data ?? []).map(({ clientId, name, publisher }) => ({
        value: clientId,
        label: name,
        hint: publisher,
      }))
  return (
    <Combobox
      label="App"
      options={options}
      chosen={
        chosen ? { value: chosen.clientId, label: chosen.name } : value ? { value, label: value } : undefined
      }
      value={value}
      onSearch={setTyped}
      onChange={(clientId) => clientId && onChange(clientId)}
      placeholder="Search by name, or give a client ID"
      empty={
        apps.isError ? AWAY : apps.isPending ? 'Searching…' : 'No app that is known here is called that.'
      }
      error={error}
    />
  )
}

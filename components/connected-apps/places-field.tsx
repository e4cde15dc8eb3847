'use client'

import { ChevronsUpDown } from 'lucide-react'
import { ChoiceSearch, type SearchedOption } from '#components/ui/choice-search'
import { listed } from '#lib/base/listed'

/** Where a scope of an app acting for itself may be used: an organization, or an environment of it. */
export type PlaceChoice = {
  organizationId: string
  name: string
  /** What stands above it, from the residence down. */
  above: readonly string[]
  environments: Array<{ id: string; name: string }>
}
export type PlacedScope = { name: string; title: string; needsEnvironment: boolean }
export type Context = { scope: string; organizationId: string; environmentId?: string }

type Props = {
  /** Only those chosen scopes that need an organization. */
  scopes: readonly PlacedScope[]
  places: readonly PlaceChoice[]
  value: readonly Context[]
  onChange: (value: Context[]) => void
  errors?: Readonly<Record<string, string>>
  disabled?: boolean
}

/** For each scope, the organizations and business groups (and environments) it is good for. */
export function PlacesField({ scopes, places, value, onChange, errors = {}, disabled }: Props) {
  if (scopes.length === 0) return null
  const choose = (names: readonly string[], keys: readonly string[]) =>
    onChange([
      ...value.filter((context) => !names.includes(context.scope)),
      ...names.flatMap((scope) => keys.map((key) => contextOf(scope, key))),
    ])
  const plain = scopes.filter((scope) => !scope.needsEnvironment)
  const error = Object.entries(errors).find(([field]) => field.startsWith('contexts'))?.[1]
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 font-medium">Places</legend>
      <p className="mb-2 text-meta text-muted">
        Each scope works only in the organizations chosen for it. Anywhere else, a call is refused.
      </p>
      <ul className="divide-y divide-line rounded-box border border-line bg-surface">
        {plain.length > 1 && (
          <PlaceRow
            title={<span className="text-ink-2">All at once</span>}
            label="Places of all scopes"
            options={optionsOf(places, false)}
            value={commonKeys(plain, value)}
            onChange={(keys) =>
              choose(
                plain.map((scope) => scope.name),
                keys,
              )
            }
            disabled={disabled}
          />
        )}
        {scopes.map((scope) => (
          <PlaceRow
            key={scope.name}
            title={
              <>
                <span className="font-medium">{scope.title}</span>{' '}
                <span className="font-mono text-meta text-muted">{scope.name}</span>
              </>
            }
            label={`Places of ${scope.name}`}
            options={optionsOf(places, scope.needsEnvironment)}
            value={keysOf(scope.name, value)}
            onChange={(keys) => choose([scope.name], keys)}
            disabled={disabled}
          />
        ))}
      </ul>
      {error && <p className="mt-1.5 text-meta text-bad">{error}</p>}
    </fieldset>
  )
}

type RowProps = {
  title: React.ReactNode
  label: string
  options: SearchedOption[]
  value: string[]
  onChange: (value: string[]) => void
  disabled?: boolean
}

function PlaceRow({ title, label, options, value, onChange, disabled }: RowProps) {
  const chosen = options.filter((option) => value.includes(option.value)).map((option) => option.label)
  const shown =
    chosen.length === 0 ? 'Choose' : chosen.length > 3 ? `${chosen.length} places` : listed(chosen)
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-3 py-1.5">
      <span className="min-w-0 flex-1 basis-48">{title}</span>
      <ChoiceSearch
        label={label}
        placeholder="Name of a place"
        align="end"
        options={options}
        value={value}
        onChange={onChange}
        trigger={
          <button
            type="button"
            disabled={disabled}
            aria-label={`${shown}, ${label}`}
            className="inline-flex h-8 max-w-full items-center gap-2 rounded-control border border-edge bg-surface px-2.5 hover:border-muted disabled:opacity-50"
          >
            <span className={chosen.length > 0 ? 'max-w-64 truncate' : 'text-muted'}>{shown}</span>
            <ChevronsUpDown className="size-3.5 text-muted" aria-hidden />
          </button>
        }
      />
    </li>
  )
}

function optionsOf(places: readonly PlaceChoice[], withEnvironments: boolean) {
  if (!withEnvironments)
    return places.map((place) => ({ value: place.organizationId, label: place.name, hint: hintOf(place) }))
  return places.flatMap((place) =>
    place.environments.map((environment) => ({
      value: `${place.organizationId}/${environment.id}`,
      label: `${place.name}, ${environment.name}`,
      hint: hintOf(place),
    })),
  )
}

/** Where it lies: two business groups may have one name. */
function hintOf({ above }: PlaceChoice): string | undefined {
  return above.length > 0 ? `in ${above.join(' › ')}` : undefined
}

function keysOf(scope: string, contexts: readonly Context[]): string[] {
  return contexts
    .filter((context) => context.scope === scope)
    .map(({ organizationId, environmentId }) =>
      environmentId ? `${organizationId}/${environmentId}` : organizationId,
    )
}

/** What is chosen for every one of them. */
function commonKeys(scopes: readonly PlacedScope[], contexts: readonly Context[]): string[] {
  const [first = [], ...others] = scopes.map((scope) => keysOf(scope.name, contexts))
  return first.filter((key) => others.every((keys) => keys.includes(key)))
}

function contextOf(scope: string, key: string): Context {
  const [organizationId = '', environmentId] = key.split('/')
  return environmentId ? { scope, organizationId, environmentId } : { scope, organizationId }
}

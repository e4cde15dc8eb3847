'use client'

import { useState } from 'react'
import { counted } from '#components/connected-apps/app-words'
import { type Context, type PlaceChoice, PlacesField } from '#components/connected-apps/places-field'
import { ScopePicker } from '#components/connected-apps/scope-picker'
import { RefusalNotice } from '#components/forms/refusal-notice'
import { SaveBar } from '#components/forms/save-bar'
import { SavedMeanwhile } from '#components/forms/saved-meanwhile'
import { useAct } from '#components/forms/use-act'
import { useEdits } from '#components/forms/use-edits'
import { toast } from '#components/ui/toast'
import type { Id } from '#lib/base/ids'
import { listed } from '#lib/base/listed'
import type { SetContextsInput } from '#lib/domain/connected-apps/schema'
import { placeScopes, update } from '../../actions.ts'
import { type CatalogueScope, FOR_ITSELF_HINT } from '../../catalogue-scope.ts'

type Values = { scopes: string[]; contexts: Context[] }
type Props = {
  app: { id: Id<'app'>; version: number; actsAs: 'user' | 'itself' }
  catalogue: readonly CatalogueScope[]
  places: readonly PlaceChoice[]
  saved: Values
  /** How many scopes an app may have. */
  scopesMax: number
  mayUpdate: boolean
}

/** What somebody else saved meanwhile, in a few words. */
const SAVED: Record<keyof Values, (saved: Values) => { label: string; saved: string }> = {
  scopes: ({ scopes }) => ({
    label: 'Scopes',
    saved: listed(scopes.slice(0, NAMED_MAX), scopes.length - NAMED_MAX),
  }),
  contexts: ({ contexts }) => ({ label: 'Places', saved: counted(contexts.length, 'place') }),
}
const NAMED_MAX = 5

/** What the app may ask for, and, where it acts for itself, in which organizations. */
export function ScopesForm({ app, catalogue, places, saved, scopesMax, mayUpdate }: Props) {
  const form = useEdits(saved, app.version)
  const { values, set } = form
  const onSaved = ({ version }: { version: number }) => {
    form.settle(version)
    toast('Saved.')
  }
  const updating = useAct(update, onSaved)
  const placing = useAct(placeScopes, onSaved)
  const act = app.actsAs === 'user' ? updating : placing
  const isConflict = act.refusal?.isOvertaken === true
  const fields = act.refusal && !isConflict ? act.refusal.fields : {}
  const [sentVersion, setSentVersion] = useState(app.version)
  const isOvertaken = isConflict && app.version > sentVersion
  const clashes = isOvertaken
    ? form.changed.map((key) => ({ ...SAVED[key](saved), onTake: () => take(key) }))
    : []
  const placed = catalogue.filter((scope) => scope.needsOrganization && values.scopes.includes(scope.name))
  const contexts = values.contexts.filter((context) => values.scopes.includes(context.scope))

  function take(key: keyof Values) {
    form.drop(key)
    if (form.changed.length === 1) act.reset()
  }
  function save() {
    setSentVersion(app.version)
    const common = { appId: app.id, version: app.version, scopes: values.scopes }
    if (app.actsAs === 'user') updating.run(common)
    else placing.run({ ...common, contexts } as SetContextsInput)
  }

  return (
    <form
      id="scopes"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (form.isDirty && !act.pending) save()
      }}
      className="flex max-w-2xl flex-col gap-6"
    >
      <div className="flex flex-col gap-3 empty:hidden">
        <RefusalNotice refusal={act.refusal} />
        <SavedMeanwhile clashes={clashes} />
      </div>
      <ScopePicker
        scopes={catalogue}
        value={values.scopes}
        onChange={(scopes) => set('scopes', scopes)}
        error={Object.entries(fields).find(([field]) => field.startsWith('scopes'))?.[1]}
        hint={
          app.actsAs === 'user'
            ? 'What the app may ask people for. It never gets more than the person has themselves.'
            : FOR_ITSELF_HINT
        }
        max={scopesMax}
        disabled={!mayUpdate}
      />
      {app.actsAs === 'itself' && (
        <PlacesField
          scopes={placed}
          places={places}
          value={contexts}
          onChange={(next) => set('contexts', next)}
          errors={fields}
          disabled={!mayUpdate}
        />
      )}
      <SaveBar
        isDirty={form.isDirty}
        changes={becomes(saved, { scopes: values.scopes, contexts }, app.actsAs)}
        isRefused={Object.keys(fields).length > 0}
        pending={act.pending || form.isSettling}
        form="scopes"
        onCancel={() => {
          form.cancel()
          act.reset()
        }}
      />
    </form>
  )
}

function becomes(saved: Values, values: Values, actsAs: 'user' | 'itself'): string {
  const added = values.scopes.filter((scope) => !saved.scopes.includes(scope)).length
  const removed = saved.scopes.filter((scope) => !values.scopes.includes(scope)).length
  const isPlacedElsewhere = JSON.stringify(saved.contexts) !== JSON.stringify(values.contexts)
  return [
    added > 0 &&
      `${counted(added, 'scope')} added${actsAs === 'user' ? ': people are asked anew before the app gets more' : ''}.`,
    removed > 0 && `${counted(removed, 'scope')} taken away.`,
    isPlacedElsewhere && 'Its places change, for tokens already out too.',
  ]
    .filter(Boolean)
    .join(' ')
}

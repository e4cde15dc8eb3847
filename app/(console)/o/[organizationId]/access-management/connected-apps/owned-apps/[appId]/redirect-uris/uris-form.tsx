'use client'

import { useState } from 'react'
import { counted } from '#components/connected-apps/app-words'
import { RedirectUrisField } from '#components/connected-apps/redirect-uris-field'
import { RefusalNotice } from '#components/forms/refusal-notice'
import { SaveBar } from '#components/forms/save-bar'
import { SavedMeanwhile } from '#components/forms/saved-meanwhile'
import { standingErrors } from '#components/forms/standing-errors'
import { useAct } from '#components/forms/use-act'
import { useEdits } from '#components/forms/use-edits'
import { TextField } from '#components/ui/text-field'
import { toast } from '#components/ui/toast'
import type { Id } from '#lib/base/ids'
import { update } from '../../actions.ts'

type Values = { redirectUris: string[]; initiateLoginUri: string }
type Props = {
  app: { id: Id<'app'>; version: number; clientType: 'server' | 'browser' | 'native' }
  saved: Values
  mayUpdate: boolean
}

/** What somebody else saved meanwhile, as it would be typed. */
const SAVED: Record<keyof Values, (saved: Values) => { label: string; saved: string }> = {
  redirectUris: ({ redirectUris }) => ({ label: 'Redirect URIs', saved: redirectUris.join(', ') }),
  initiateLoginUri: ({ initiateLoginUri }) => ({ label: 'Where sign-in starts', saved: initiateLoginUri }),
}

/** Where people return to, and where they may start. */
export function UrisForm({ app, saved, mayUpdate }: Props) {
  const form = useEdits(saved, app.version)
  const { values, set } = form
  const act = useAct(update, ({ version }) => {
    form.settle(version)
    toast('Saved.')
  })
  const [sent, setSent] = useState<Values>()
  const isConflict = act.refusal?.isOvertaken === true
  const refused = act.refusal && !isConflict ? act.refusal.fields : {}
  const [sentVersion, setSentVersion] = useState(app.version)
  const isOvertaken = isConflict && app.version > sentVersion
  const clashes = isOvertaken
    ? form.changed.map((key) => ({ ...SAVED[key](saved), onTake: () => take(key) }))
    : []
  const fields = standingErrors(refused, sent, values)
  const uris = values.redirectUris.filter(Boolean)

  function take(key: keyof Values) {
    form.drop(key)
    if (form.changed.length === 1) act.reset()
  }

  return (
    <form
      id="redirect-uris"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!form.isDirty || act.pending) return
        // Empty rows are no addresses; taking them out first keeps a refusal's row numbers right.
        set('redirectUris', uris)
        setSentVersion(app.version)
        setSent({ ...values, redirectUris: uris })
        act.run({
          appId: app.id,
          version: app.version,
          redirectUris: uris,
          initiateLoginUri: values.initiateLoginUri || null,
        })
      }}
      className="flex max-w-2xl flex-col gap-8"
    >
      <div className="flex flex-col gap-3 empty:hidden">
        <RefusalNotice refusal={act.refusal} />
        <SavedMeanwhile clashes={clashes} />
      </div>
      <RedirectUrisField
        clientType={app.clientType}
        value={values.redirectUris}
        onChange={(next) => set('redirectUris', next)}
        errors={fields}
        disabled={!mayUpdate}
      />
      <TextField
        label="Where sign-in starts"
        aside="Optional"
        hint="The app’s own address that begins a sign-in, for starting it from here."
        type="url"
        mono
        value={values.initiateLoginUri}
        placeholder="https://app.example.com/login"
        disabled={!mayUpdate}
        error={fields.initiateLoginUri}
        onChange={(event) => set('initiateLoginUri', event.target.value)}
      />
      <SaveBar
        isDirty={form.isDirty}
        changes={becomes(saved, { ...values, redirectUris: uris })}
        isRefused={Object.keys(fields).length > 0}
        pending={act.pending || form.isSettling}
        form="redirect-uris"
        onCancel={() => {
          form.cancel()
          act.reset()
        }}
      />
    </form>
  )
}

function becomes(saved: Values, values: Values): string {
  const added = values.redirectUris.filter((uri) => !saved.redirectUris.includes(uri)).length
  const removed = saved.redirectUris.filter((uri) => !values.redirectUris.includes(uri)).length
  return [
    added > 0 && `${counted(added, 'address', 'addresses')} added.`,
    removed > 0 &&
      `${counted(removed, 'address', 'addresses')} taken away: a sign-in that returns there is refused.`,
    saved.initiateLoginUri !== values.initiateLoginUri && 'Where sign-in starts changes.',
  ]
    .filter(Boolean)
    .join(' ')
}

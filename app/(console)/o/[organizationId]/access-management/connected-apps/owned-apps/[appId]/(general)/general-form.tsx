'use client'

import { useState } from 'react'
import { AUDIENCE, AUDIENCE_HINT } from '#components/connected-apps/app-words'
import type { PossibleOwner } from '#components/connected-apps/possible-owner-search'
import { RefusalNotice } from '#components/forms/refusal-notice'
import { SaveBar } from '#components/forms/save-bar'
import { SavedMeanwhile } from '#components/forms/saved-meanwhile'
import { standingErrors } from '#components/forms/standing-errors'
import { useAct } from '#components/forms/use-act'
import { useEdits } from '#components/forms/use-edits'
import { Checkbox } from '#components/ui/checkbox'
import { RadioGroup } from '#components/ui/radio-group'
import { Section } from '#components/ui/section'
import { Switch } from '#components/ui/switch'
import { TextArea } from '#components/ui/text-area'
import { TextField } from '#components/ui/text-field'
import { toast } from '#components/ui/toast'
import type { Id } from '#lib/base/ids'
import type { UpdateAppInput } from '#lib/domain/connected-apps/schema'
import { update } from '../../actions.ts'
import { becomes, type GeneralValues, inWords } from './becomes.ts'
import { OwnerField } from './owner-field.tsx'

type Props = {
  app: {
    id: Id<'app'>
    version: number
    actsAs: 'user' | 'itself'
    clientType: 'server' | 'browser' | 'native'
  }
  saved: GeneralValues
  owner: PossibleOwner
  mayUpdate: boolean
  mayChangeOwner: boolean
  /** The person came to hand the app over. */
  isChangingOwner: boolean
}

const DEVICE_CODE = 'urn:ietf:params:oauth:grant-type:device_code'

/** What an app is called, whose it is, and how it gets its tokens. Nothing changes before Save changes. */
export function GeneralForm({ app, saved, owner, mayUpdate, mayChangeOwner, isChangingOwner }: Props) {
  const form = useEdits(saved, app.version)
  /** Whoever was chosen on the way, by id. */
  const [people, setPeople] = useState(new Map([[owner.id, owner]]))
  const { values, set } = form
  const act = useAct(update, ({ version }) => {
    form.settle(version)
    toast('Saved.')
  })
  const [sent, setSent] = useState({ values, version: app.version })
  const fields = standingErrors(act.refusal?.fields ?? {}, sent.values, values)
  const isOvertaken = act.refusal?.isOvertaken === true && app.version > sent.version
  const clashes = form.changed
    .filter((key) => isOvertaken && key in (act.refusal?.fields ?? {}))
    .map((key) => ({ ...inWords(key, saved, owner), onTake: () => take(key) }))
  const isForUsers = app.actsAs === 'user'
  // Overtaken, the fields name who changed them: that is said above, not as a mistake of this field.
  const errors = act.refusal?.isOvertaken ? {} : fields
  const errorOf = (field: string) => errors[field]
  const toggleGrant = (grant: string, isOn: boolean) =>
    set('grantTypes', isOn ? [...values.grantTypes, grant] : values.grantTypes.filter((one) => one !== grant))

  function save() {
    const input: Record<string, unknown> = { appId: app.id, version: app.version }
    for (const key of form.changed) input[key] = values[key] === '' && CLEARED.has(key) ? null : values[key]
    setSent({ values, version: app.version })
    act.run(input as UpdateAppInput)
  }
  function take(key: keyof GeneralValues) {
    form.drop(key)
    if (form.changed.length === 1) act.reset()
  }
  function cancel() {
    form.cancel()
    act.reset()
  }

  return (
    <form
      id="general"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (form.isDirty && !act.pending) save()
      }}
      className="flex max-w-xl min-w-0 flex-1 flex-col gap-8"
    >
      <div className="flex flex-col gap-3 empty:hidden">
        <RefusalNotice refusal={act.refusal} />
        <SavedMeanwhile clashes={clashes} />
      </div>
      <Section title="About">
        <div className="flex flex-col gap-5">
          <TextField
            label="Name"
            value={values.name}
            maxLength={100}
            disabled={!mayUpdate}
            error={errorOf('name')}
            onChange={(event) => set('name', event.target.value)}
          />
          <TextArea
            label="Description"
            aside="Optional, shown to your administrators"
            value={values.description}
            maxLength={1000}
            disabled={!mayUpdate}
            error={errorOf('description')}
            onChange={(event) => set('description', event.target.value)}
          />
          <TextField
            label="Website"
            aside="Optional"
            type="url"
            value={values.website}
            placeholder="https://"
            disabled={!mayUpdate}
            error={errorOf('website')}
            onChange={(event) => set('website', event.target.value)}
          />
        </div>
      </Section>
      <div id="owner" className="scroll-mt-20">
        <Section title="Responsibility">
          {mayChangeOwner ? (
            <OwnerField
              appId={app.id}
              owner={people.get(values.ownerId) ?? owner}
              onChange={(person) => {
                setPeople(new Map(people).set(person.id, person))
                set('ownerId', person.id)
              }}
              error={errorOf('ownerId')}
              isChanging={isChangingOwner}
              hint="Someone who administers or develops here. A new owner is asked to rotate the secret."
            />
          ) : (
            <p className="text-ink-2">
              Owned by {owner.fullName} ({owner.username}). An administrator can hand it to somebody else.
            </p>
          )}
        </Section>
      </div>
      {isForUsers && (
        <Section title="Who may use it">
          <RadioGroup
            legend="Open to"
            legendHidden
            name="audience"
            look="cards"
            value={values.audience}
            onChange={(audience) => mayUpdate && set('audience', audience as GeneralValues['audience'])}
            error={errorOf('audience')}
            options={(['internal', 'everyone'] as const).map((value) => ({
              value,
              label: AUDIENCE[value],
              hint: AUDIENCE_HINT[value],
              disabled: !mayUpdate,
            }))}
          />
        </Section>
      )}
      {isForUsers && (
        <Section title="How it gets tokens">
          <div className="flex flex-col gap-4">
            <Checkbox
              label="Stay connected"
              hint="Refresh tokens: the app goes on without asking each time, until access is removed."
              checked={values.grantTypes.includes('refresh_token')}
              disabled={!mayUpdate}
              onChange={(event) => toggleGrant('refresh_token', event.target.checked)}
            />
            <Checkbox
              label="Sign in on another device"
              hint="Device code: for terminals and screens without a browser."
              checked={values.grantTypes.includes(DEVICE_CODE)}
              disabled={!mayUpdate}
              onChange={(event) => toggleGrant(DEVICE_CODE, event.target.checked)}
            />
            {errorOf('grantTypes') && <p className="text-meta text-bad">{errorOf('grantTypes')}</p>}
            {app.clientType === 'server' && (
              <div id="pkce" className="scroll-mt-20">
                <Switch
                  label="Require PKCE"
                  hint={
                    values.requiresPkce
                      ? 'A stolen code is worth nothing. Switch it off only for an app that cannot do it.'
                      : 'Off: a stolen code can be used by whoever also has the secret.'
                  }
                  checked={values.requiresPkce}
                  disabled={!mayUpdate}
                  onChange={(event) => set('requiresPkce', event.target.checked)}
                />
              </div>
            )}
          </div>
        </Section>
      )}
      <SaveBar
        isDirty={form.isDirty}
        changes={becomes(form.changed, saved, values, people)}
        isRefused={Object.keys(errors).length > 0}
        pending={act.pending || form.isSettling}
        form="general"
        onCancel={cancel}
      />
    </form>
  )
}

/** Fields that are taken away when emptied. */
const CLEARED: ReadonlySet<string> = new Set(['website'])

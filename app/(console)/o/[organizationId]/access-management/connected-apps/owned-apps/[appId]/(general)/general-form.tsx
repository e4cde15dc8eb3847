'use client'

import { useState } from 'react'
import { AUDIENCE, AUDIENCE_HINT } from '#components/connected-apps/app-words'
import type { PossibleOwner } from '#components/connected-apps/possible-owner-search'
import { RefusalNotice } from '#components/forms/refusal-notice'
import { SaveBar } from '#components/forms/save-bar'
import { SavedMeanwhile } from '#components/forms/saved-meanwhile'
import { usePageForm } from '#components/forms/use-page-form'
import { Checkbox } from '#components/ui/checkbox'
import { RadioGroup } from '#components/ui/radio-group'
import { Section } from '#components/ui/section'
import { Switch } from '#components/ui/switch'
import { TextArea } from '#components/ui/text-area'
import { TextField } from '#components/ui/text-field'
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
  const form = usePageForm({
    saved,
    version: app.version,
    save: update,
    inputOf: (changed, typed) => inputOf(app, changed, typed),
    inWords: (key) => inWords(key, saved, owner),
  })
  const { values, set, errorOf } = form
  /** Whoever was chosen on the way, by id. */
  const [people, setPeople] = useState(new Map([[owner.id, owner]]))
  const isForUsers = app.actsAs === 'user'
  const toggleGrant = (grant: string, isOn: boolean) =>
    set('grantTypes', isOn ? [...values.grantTypes, grant] : values.grantTypes.filter((one) => one !== grant))

  return (
    <form
      id="general"
      noValidate
      onSubmit={form.submit}
      className="flex max-w-xl min-w-0 flex-1 flex-col gap-8"
    >
      <div className="flex flex-col gap-3 empty:hidden">
        <RefusalNotice refusal={form.refusal} />
        <SavedMeanwhile clashes={form.clashes} />
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
        isRefused={form.isRefused}
        pending={form.pending}
        form="general"
        onCancel={form.cancel}
      />
    </form>
  )
}

/** A website that was emptied is taken away. */
function inputOf(
  app: Pick<Props['app'], 'id' | 'version'>,
  changed: readonly (keyof GeneralValues)[],
  values: GeneralValues,
): UpdateAppInput {
  const whole = { ...values, website: values.website === '' ? null : values.website }
  const input = Object.fromEntries(changed.map((key) => [key, whole[key]]))
  return { appId: app.id, version: app.version, ...input } as UpdateAppInput
}

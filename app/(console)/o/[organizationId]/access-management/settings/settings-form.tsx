'use client'

import { RefusalNotice } from '#components/forms/refusal-notice'
import { SaveBar } from '#components/forms/save-bar'
import { SavedMeanwhile } from '#components/forms/saved-meanwhile'
import { usePageForm } from '#components/forms/use-page-form'
import { Notice } from '#components/ui/notice'
import { RadioGroup } from '#components/ui/radio-group'
import { Section } from '#components/ui/section'
import { Switch } from '#components/ui/switch'
import { TextField } from '#components/ui/text-field'
import type { Id } from '#lib/base/ids'
import type { UpdateOrganizationInput } from '#lib/domain/organizations/schema'
import { save } from './actions.ts'
import { APP_CREATION, becomes, inputOf, inWords, type SettingsValues } from './settings-words.ts'

type Props = {
  organization: { id: Id<'organization'>; version: number; isRoot: boolean }
  saved: SettingsValues
  mayChangeRules: boolean
}

/** Name and website of an organization, and the rules of a root. Nothing changes before Save changes. */
export function SettingsForm({ organization, saved, mayChangeRules }: Props) {
  const { id: organizationId, version } = organization
  const form = usePageForm({
    saved,
    version,
    save,
    inputOf: (changed, typed): UpdateOrganizationInput => ({
      organizationId,
      version,
      ...inputOf(changed, typed),
    }),
    inWords: (key) => inWords(key, saved),
  })
  const { values, set, errorOf } = form

  return (
    <form
      id="settings"
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
            error={errorOf('name')}
            onChange={(event) => set('name', event.target.value)}
          />
          <TextField
            label="Website"
            aside="Optional"
            type="url"
            placeholder="https://"
            value={values.website}
            error={errorOf('website')}
            onChange={(event) => set('website', event.target.value)}
          />
        </div>
      </Section>
      {organization.isRoot && (
        <Rules values={values} set={set} errorOf={errorOf} disabled={!mayChangeRules} />
      )}
      <SaveBar
        isDirty={form.isDirty}
        changes={becomes(form.changed, saved, values)}
        isRefused={form.isRefused}
        pending={form.pending}
        form="settings"
        onCancel={form.cancel}
      />
    </form>
  )
}

type RulesProps = {
  values: SettingsValues
  set: <K extends keyof SettingsValues>(key: K, value: SettingsValues[K]) => void
  errorOf: (field: string) => string | undefined
  disabled: boolean
}

function Rules({ values, set, errorOf, disabled }: RulesProps) {
  return (
    <>
      <Section title="Who may create apps" hint="In the whole organization, its business groups too.">
        <RadioGroup
          legend="Who may create apps"
          legendHidden
          name="app-creation"
          look="cards"
          value={values.appCreation}
          onChange={(one) => set('appCreation', one as SettingsValues['appCreation'])}
          error={errorOf('appCreation')}
          options={(['developers', 'administrators', 'nobody'] as const).map((value) => ({
            value,
            ...APP_CREATION[value],
            disabled,
          }))}
        />
      </Section>
      <Section title="Secrets and tokens">
        <div className="flex flex-col gap-6">
          <TextField
            label="Longest life of a client secret"
            aside="In days"
            inputMode="numeric"
            autoComplete="off"
            fieldClassName="sm:max-w-80"
            // Above the save bar with the words below it, when it takes the focus.
            className="scroll-mb-36"
            value={values.secretDaysMax}
            disabled={disabled}
            error={errorOf('secretDaysMax')}
            placeholder="No limit"
            hint="Empty for no limit. Counts for secrets made from now on."
            onChange={(event) => set('secretDaysMax', event.target.value)}
          />
          <div className="flex flex-col gap-3">
            <Switch
              label="Let scripts trade passwords for tokens"
              hint="At /accounts/login, for scripts written for Anypoint. Such a token is good for our own API alone."
              checked={values.allowsPasswordTokens}
              disabled={disabled}
              onChange={(event) => set('allowsPasswordTokens', event.target.checked)}
            />
            {values.allowsPasswordTokens && (
              <Notice>
                Passwords in scripts get copied, logged and forgotten. Whoever finds one can do all that its
                person may do. Create an app that acts on its own behalf instead, wherever you can.
              </Notice>
            )}
          </div>
        </div>
      </Section>
    </>
  )
}

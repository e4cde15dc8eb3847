'use client'

import {
  ACTS_AS,
  AUDIENCE,
  AUDIENCE_HINT,
  CLIENT_TYPE,
  CLIENT_TYPE_HINT,
} from '#components/connected-apps/app-words'
import { RadioGroup } from '#components/ui/radio-group'
import type { Draft } from './draft.ts'

type ChoiceProps<K extends keyof Draft> = {
  value: Draft[K]
  onChange: (value: Draft[K]) => void
  error?: string
}

export function ActsAsChoice({ value, onChange }: ChoiceProps<'actsAs'>) {
  return (
    <RadioGroup
      legend="On whose behalf does it act?"
      name="actsAs"
      look="cards"
      value={value}
      onChange={(chosen) => onChange(chosen as Draft['actsAs'])}
      options={[
        {
          value: 'user',
          label: ACTS_AS.user,
          hint: 'Each person is asked, and it may do what they allow and may do themselves.',
        },
        {
          value: 'itself',
          label: ACTS_AS.itself,
          hint: 'A program without a person: it has its own rights, in the places you choose.',
        },
      ]}
    />
  )
}

export function ClientTypeChoice({ value, onChange, error }: ChoiceProps<'clientType'>) {
  return (
    <RadioGroup
      legend="Where does it run? Can it keep a secret?"
      name="clientType"
      look="cards"
      value={value}
      onChange={(chosen) => onChange(chosen as Draft['clientType'])}
      error={error}
      options={(['server', 'browser', 'native'] as const).map((type) => ({
        value: type,
        label: CLIENT_TYPE[type],
        hint: CLIENT_TYPE_HINT[type],
      }))}
    />
  )
}

export function AudienceChoice({
  organizationName,
  value,
  onChange,
}: ChoiceProps<'audience'> & { organizationName: string }) {
  return (
    <RadioGroup
      legend="Open to"
      legendHidden
      name="audience"
      look="cards"
      value={value}
      onChange={(chosen) => onChange(chosen as Draft['audience'])}
      options={[
        { value: 'internal', label: `People of ${organizationName}`, hint: AUDIENCE_HINT.internal },
        { value: 'everyone', label: AUDIENCE.everyone, hint: AUDIENCE_HINT.everyone },
      ]}
    />
  )
}

'use client'

import { useState } from 'react'
import { counted } from '#components/connected-apps/app-words'
import { RefusalNotice } from '#components/forms/refusal-notice'
import { SaveBar } from '#components/forms/save-bar'
import { useAct } from '#components/forms/use-act'
import { Notice } from '#components/ui/notice'
import { Section } from '#components/ui/section'
import { Switch } from '#components/ui/switch'
import { toast } from '#components/ui/toast'
import type { Id } from '#lib/base/ids'
import type { RequestRules } from '#lib/domain/allowlist/get-request-rules'
import { changeRules } from '../actions.ts'

type Chosen = Pick<RequestRules, 'grantsApprovedOnly' | 'tellsOfRequests'>
type Props = { organizationId: Id<'organization'>; rules: RequestRules }

/** Two switches, each with what it means before it is saved. */
export function RulesForm({ organizationId, rules }: Props) {
  const [changed, setChanged] = useState<Partial<Chosen>>({})
  const chosen: Chosen = { ...rules, ...changed }
  const isChanged = (rule: keyof Chosen) => chosen[rule] !== rules[rule]
  const { run, pending, refusal, reset } = useAct(changeRules, () => {
    setChanged({})
    toast('The rules are saved.')
  })
  return (
    <>
      <RefusalNotice refusal={refusal} />
      <Section title="Where an app asks for more than is approved">
        <Switch
          label="Grant only approved scopes"
          hint="Off: the whole request is stopped, and the person asks for approval. On: the app is given what is approved of it, the page names what is left out, and the person can ask for the rest. Where nothing of it is approved, the person is stopped as before."
          checked={chosen.grantsApprovedOnly}
          onChange={({ target }) => setChanged({ ...changed, grantsApprovedOnly: target.checked })}
        />
        {isChanged('grantsApprovedOnly') && (
          <Notice tone="neutral">{meaning(chosen.grantsApprovedOnly, rules)}</Notice>
        )}
      </Section>
      <Section title="Mail">
        <Switch
          label="Tell of requests by mail"
          hint="Whoever answers requests hears of each new one once, at most one mail an hour, and is reminded after three days and before it expires. People who asked are told the outcome either way."
          checked={chosen.tellsOfRequests}
          onChange={({ target }) => setChanged({ ...changed, tellsOfRequests: target.checked })}
        />
        {isChanged('tellsOfRequests') && (
          <Notice tone="neutral">
            {chosen.tellsOfRequests
              ? `${counted(rules.answerers, 'person', 'people')} will be written to.`
              : `${counted(rules.answerers, 'person', 'people')} will have to look here for what waits.`}
          </Notice>
        )}
      </Section>
      <SaveBar
        isDirty={isChanged('grantsApprovedOnly') || isChanged('tellsOfRequests')}
        changes="From now on. What people granted stays as it is."
        pending={pending}
        canSave
        onSave={() => run({ rootOrganizationId: organizationId, ...changed })}
        onCancel={() => {
          reset()
          setChanged({})
        }}
      />
    </>
  )
}

function meaning(isOn: boolean, { waiting, partlyApproved }: RequestRules): string {
  const stays = 'No app gets a scope that is not approved.'
  if (!isOn) return 'Apps that ask for more than is approved will be stopped with all they ask for.'
  if (waiting === 0) return `${stays} Nobody waits at the moment.`
  if (partlyApproved === 0)
    return `${stays} For those who wait now nothing changes: nothing of what they ask is approved.`
  return `${stays} Of the ${counted(waiting, 'request')} that ${waiting === 1 ? 'waits' : 'wait'} now, ${
    partlyApproved === 1 ? 'one is' : `${partlyApproved} are`
  } approved in part: those people could go on with that part.`
}

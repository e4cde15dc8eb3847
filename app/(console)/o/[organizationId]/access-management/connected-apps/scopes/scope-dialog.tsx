'use client'

import { useRef, useState } from 'react'
import { ScopeLines } from '#components/connected-apps/scope-lines'
import { RefusalNotice } from '#components/forms/refusal-notice'
import { standingErrors } from '#components/forms/standing-errors'
import { useAct } from '#components/forms/use-act'
import { useEdits } from '#components/forms/use-edits'
import { Button } from '#components/ui/button'
import { Checkbox } from '#components/ui/checkbox'
import { Dialog } from '#components/ui/dialog'
import { RadioGroup } from '#components/ui/radio-group'
import { TextArea } from '#components/ui/text-area'
import { TextField } from '#components/ui/text-field'
import { toast } from '#components/ui/toast'
import type { DocumentedScope } from '#lib/domain/connected-apps/list-apis'
import { addScope, changeScope } from './actions.ts'
import type { ActedApi } from './acts.tsx'

type Props = { api: ActedApi; scope?: DocumentedScope; onClose: () => void }

const RISKS = [
  { value: 'low', label: 'Low', hint: 'Reads what is no secret here.' },
  { value: 'medium', label: 'Medium', hint: 'Reads what is personal, or changes what is easily put right.' },
  {
    value: 'high',
    label: 'High',
    hint: 'Costs money or trust in wrong hands. It stands first wherever people decide.',
  },
]

/** A new scope, or other words for one: its name and what it needs never change. */
export default function ScopeDialog({ api, scope, onClose }: Props) {
  const first = useRef<HTMLInputElement>(null)
  const prefix = `${api.scopePrefix}:`
  const { values, set } = useEdits(
    {
      rest: '',
      title: scope?.title ?? '',
      description: scope?.description ?? '',
      risk: scope?.risk ?? ('low' as const),
      needsOrganization: scope?.needsOrganization ?? false,
      needsEnvironment: scope?.needsEnvironment ?? false,
    },
    scope?.version ?? 0,
  )
  const [sent, setSent] = useState({ ...values, name: '' })
  const adding = useAct(addScope, ({ name }) => done(`${name} is created. Apps can be given it now.`))
  const changing = useAct(changeScope, () => done('Saved.'))
  const { pending, refusal } = scope ? changing : adding
  const name = scope?.name ?? `${prefix}${values.rest.trim()}`
  const errors = refusal?.isOvertaken ? {} : standingErrors(refusal?.fields ?? {}, sent, { ...values, name })

  function done(sentence: string) {
    onClose()
    toast(sentence)
  }
  function save() {
    setSent({ ...values, name })
    const { rest: _, needsOrganization, needsEnvironment, ...words } = values
    if (scope) changing.run({ apiId: api.id, name, version: scope.version, ...words })
    else adding.run({ apiId: api.id, name, ...words, needsOrganization, needsEnvironment })
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      size="large"
      title={scope ? `Edit ${scope.name}` : `Create a scope in ${api.name}`}
      description={
        scope ? 'The words change at once, wherever the scope is shown. Its name never does.' : undefined
      }
      initialFocus={first}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form="scope" pending={pending}>
            {scope ? 'Save changes' : 'Create scope'}
          </Button>
        </>
      }
    >
      <form
        id="scope"
        noValidate
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault()
          if (!pending) save()
        }}
      >
        <RefusalNotice refusal={refusal} />
        {!scope && (
          <TextField
            ref={first}
            label={`Name, after ${prefix}`}
            mono
            placeholder="read"
            hint={`Apps ask for ${prefix}${values.rest.trim() || 'read'}. The name never changes.`}
            autoCapitalize="off"
            autoComplete="off"
            spellCheck={false}
            value={values.rest}
            error={errors.name}
            onChange={(event) => set('rest', event.target.value)}
          />
        )}
        <TextField
          ref={scope ? first : undefined}
          label="What consent says"
          placeholder="Read orders and their line items"
          hint="A sentence for whoever decides: say it as you would to a colleague."
          value={values.title}
          maxLength={100}
          error={errors.title}
          onChange={(event) => set('title', event.target.value)}
        />
        <TextArea
          label="Description"
          placeholder="Numbers, articles and prices. No changes."
          value={values.description}
          maxLength={1000}
          error={errors.description}
          onChange={(event) => set('description', event.target.value)}
        />
        <RadioGroup
          legend="Risk"
          name="risk"
          look="cards"
          value={values.risk}
          error={errors.risk}
          onChange={(risk) => set('risk', risk as typeof values.risk)}
          options={RISKS}
        />
        {!scope && (
          <div className="flex flex-col gap-3">
            <Checkbox
              label="Limited to organizations"
              hint="An app acting for itself says where; a person’s app follows the person’s places."
              checked={values.needsOrganization}
              onChange={(event) => {
                set('needsOrganization', event.target.checked)
                if (!event.target.checked) set('needsEnvironment', false)
              }}
            />
            <Checkbox
              label="And to environments of them"
              checked={values.needsEnvironment}
              disabled={!values.needsOrganization}
              onChange={(event) => set('needsEnvironment', event.target.checked)}
            />
          </div>
        )}
        {values.title.trim() && (
          <section aria-label="As people will see it">
            <p className="mb-1 text-meta text-muted">As people will see it</p>
            <ScopeLines boxed scopes={[{ ...values, name }]} />
          </section>
        )}
      </form>
    </Dialog>
  )
}

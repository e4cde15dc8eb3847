'use client'

import { type FormEvent, useRef, useState } from 'react'
import { RefusalNotice } from '#components/forms/refusal-notice'
import { standingErrors } from '#components/forms/standing-errors'
import { useAct } from '#components/forms/use-act'
import { useEdits } from '#components/forms/use-edits'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { RadioGroup } from '#components/ui/radio-group'
import { TextField } from '#components/ui/text-field'
import { toast } from '#components/ui/toast'
import type { Id } from '#lib/base/ids'
import { changeLabel, createLabel } from './actions.ts'
import { KIND, KIND_HINT, type Kind } from './environment-words.ts'
import type { Environment } from './environments.tsx'

type Props = { organizationId: Id<'organization'>; environment?: Environment; onClose: () => void }

/** A new environment, or another name and kind for one. */
export default function EnvironmentDialog({ organizationId, environment, onClose }: Props) {
  const field = useRef<HTMLInputElement>(null)
  const { values, set } = useEdits(
    { name: environment?.name ?? '', kind: environment?.kind ?? ('sandbox' as Kind) },
    environment?.version ?? 0,
  )
  const [sent, setSent] = useState<typeof values>()
  const done = (sentence: string) => {
    onClose()
    toast(sentence)
  }
  const making = useAct(createLabel, () => done(`The environment ${values.name.trim()} is created.`))
  const changing = useAct(changeLabel, () => done('Saved.'))
  const { pending, refusal } = environment ? changing : making
  // Overtaken, the fields name who changed them: that is said above, not as a mistake of this field.
  const fields = refusal?.isOvertaken ? {} : standingErrors(refusal?.fields ?? {}, sent, values)
  function submit(event: FormEvent) {
    event.preventDefault()
    setSent(values)
    if (environment) changing.run({ environmentId: environment.id, version: environment.version, ...values })
    else making.run({ organizationId, ...values })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      size="small"
      title={environment ? `Edit ${environment.name}` : 'Create an environment'}
      initialFocus={field}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form="environment" pending={pending}>
            {environment ? 'Save changes' : 'Create environment'}
          </Button>
        </>
      }
    >
      <form id="environment" noValidate onSubmit={submit} className="flex flex-col gap-5">
        <TextField
          ref={field}
          label="Name"
          autoComplete="off"
          maxLength={100}
          value={values.name}
          error={fields.name}
          onChange={(event) => set('name', event.target.value)}
        />
        <RadioGroup
          legend="Kind"
          name="kind"
          value={values.kind}
          onChange={(kind) => set('kind', kind as Kind)}
          error={fields.kind}
          options={(['design', 'sandbox', 'production'] as const).map((value) => ({
            value,
            label: KIND[value],
            hint: KIND_HINT[value],
          }))}
        />
        <RefusalNotice refusal={refusal} />
      </form>
    </Dialog>
  )
}

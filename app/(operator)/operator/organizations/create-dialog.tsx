'use client'

import { type FormEvent, useRef, useState } from 'react'
import { RefusalNotice } from '#components/forms/refusal-notice'
import { standingErrors } from '#components/forms/standing-errors'
import { useAct } from '#components/forms/use-act'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { TextField } from '#components/ui/text-field'
import { toast } from '#components/ui/toast'
import { create } from './actions.ts'

/** A root organization and the person it belongs to. */
export default function CreateDialog({ onClose }: { onClose: () => void }) {
  const field = useRef<HTMLInputElement>(null)
  const [values, setValues] = useState({ name: '', ownerLogin: '' })
  const [sent, setSent] = useState<typeof values>()
  const act = useAct(create, () => {
    onClose()
    toast(`${values.name.trim()} is made.`, { detail: 'Its owner finds it at the next sign-in.' })
  })
  const fields = standingErrors(act.refusal?.fields ?? {}, sent, values)
  const change = (part: Partial<typeof values>) => setValues({ ...values, ...part })
  function submit(event: FormEvent) {
    event.preventDefault()
    setSent(values)
    act.run(values)
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="New organization"
      description="It has people, apps and a policy of its own. Its owner administers it; you see nothing inside."
      initialFocus={field}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form="new-organization" pending={act.pending}>
            Create organization
          </Button>
        </>
      }
    >
      <form id="new-organization" noValidate onSubmit={submit} className="flex flex-col gap-5">
        <TextField
          ref={field}
          label="Name"
          autoComplete="off"
          maxLength={100}
          value={values.name}
          error={fields.name}
          onChange={(event) => change({ name: event.target.value })}
        />
        <TextField
          label="Owner"
          autoComplete="off"
          spellCheck={false}
          value={values.ownerLogin}
          error={fields.ownerLogin}
          hint="The username or e-mail address of somebody who has an account."
          onChange={(event) => change({ ownerLogin: event.target.value })}
        />
        {Object.keys(fields).length === 0 && <RefusalNotice refusal={act.refusal} />}
      </form>
    </Dialog>
  )
}

'use client'

import { type FormEvent, useId, useRef, useState } from 'react'
import { RefusalNotice } from '#components/forms/refusal-notice'
import { useAct } from '#components/forms/use-act'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { TextField } from '#components/ui/text-field'
import { toast } from '#components/ui/toast'
import { rename } from '../../actions.ts'
import type { RotatedApp } from './rotate-dialog.tsx'
import type { SecretLine } from './secret-line.ts'

type Props = { app: RotatedApp; secret: SecretLine; onClose: () => void }

/** Another name for a secret: where it is used may change, or was not said. */
export default function RenameDialog({ app, secret, onClose }: Props) {
  const formId = useId()
  const field = useRef<HTMLInputElement>(null)
  const [name, setName] = useState(secret.name)
  const act = useAct(rename, () => {
    onClose()
    toast(`${secret.name} is called ${name.trim()} now.`)
  })
  function submit(event: FormEvent) {
    event.preventDefault()
    if (name.trim()) act.run({ appId: app.id, secretId: secret.id, name })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Rename ${secret.name}`}
      size="small"
      initialFocus={field}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form={formId} pending={act.pending} disabled={!name.trim()}>
            Rename
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="flex flex-col gap-4">
        <RefusalNotice refusal={act.refusal} />
        <TextField
          ref={field}
          label="Name"
          hint="Where it is used, so that it is recognized in the list."
          maxLength={100}
          autoComplete="off"
          value={name}
          error={act.refusal?.fields.name}
          onChange={(event) => setName(event.target.value)}
        />
      </form>
    </Dialog>
  )
}

'use client'

import { type FormEvent, useRef, useState } from 'react'
import { RefusalNotice } from '#components/forms/refusal-notice'
import { standingErrors } from '#components/forms/standing-errors'
import { useAct } from '#components/forms/use-act'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { TextField } from '#components/ui/text-field'
import { toast } from '#components/ui/toast'
import type { BranchNode } from '#lib/domain/organizations/list-business-groups'
import { create } from './actions.ts'

/** A new business group below one: all it needs is a name. */
export default function CreateDialog({ node, onClose }: { node: BranchNode; onClose: () => void }) {
  const field = useRef<HTMLInputElement>(null)
  const [name, setName] = useState('')
  const [sent, setSent] = useState<{ name: string }>()
  const act = useAct(create, () => {
    onClose()
    toast(`${name.trim()} is created, below ${node.name}.`)
  })
  const fields = standingErrors(act.refusal?.fields ?? {}, sent, { name })
  function submit(event: FormEvent) {
    event.preventDefault()
    setSent({ name })
    act.run({ parentId: node.id, name })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      size="small"
      title={`Create a business group in ${node.name}`}
      description={`Whoever administers or develops in ${node.name} or above it does so there too.`}
      initialFocus={field}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form="new-business-group" pending={act.pending}>
            Create
          </Button>
        </>
      }
    >
      <form id="new-business-group" noValidate onSubmit={submit} className="flex flex-col gap-4">
        <TextField
          ref={field}
          label="Name"
          autoComplete="off"
          maxLength={100}
          value={name}
          error={fields.name}
          onChange={(event) => setName(event.target.value)}
        />
        <RefusalNotice refusal={act.refusal} />
      </form>
    </Dialog>
  )
}

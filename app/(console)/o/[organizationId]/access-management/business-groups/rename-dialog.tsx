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
import { rename } from './actions.ts'

/** Another name for a business group. Nothing else changes: apps, places and addresses go by its ID. */
export default function RenameDialog({ node, onClose }: { node: BranchNode; onClose: () => void }) {
  const field = useRef<HTMLInputElement>(null)
  const [name, setName] = useState(node.name)
  const [sent, setSent] = useState<{ name: string }>()
  const act = useAct(rename, () => {
    onClose()
    toast(`${node.name} is ${name.trim()} now.`)
  })
  // Overtaken, the fields name who changed them: that is said above, not as a mistake of this field.
  const fields = act.refusal?.isOvertaken ? {} : standingErrors(act.refusal?.fields ?? {}, sent, { name })
  function submit(event: FormEvent) {
    event.preventDefault()
    setSent({ name })
    act.run({ organizationId: node.id, version: node.version, name })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      size="small"
      title={`Rename ${node.name}`}
      initialFocus={field}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form="rename-business-group" pending={act.pending}>
            Rename
          </Button>
        </>
      }
    >
      <form id="rename-business-group" noValidate onSubmit={submit} className="flex flex-col gap-4">
        <TextField
          ref={field}
          label="Name"
          autoComplete="off"
          maxLength={100}
          value={name}
          error={fields.name}
          hint="Addresses and API calls go by its ID: they stay as they are."
          onChange={(event) => setName(event.target.value)}
        />
        <RefusalNotice refusal={act.refusal} />
      </form>
    </Dialog>
  )
}

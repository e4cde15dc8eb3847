'use client'

import { type FormEvent, useRef, useState } from 'react'
import { counted } from '#components/connected-apps/app-words'
import { RefusalNotice } from '#components/forms/refusal-notice'
import { standingErrors } from '#components/forms/standing-errors'
import { useAct } from '#components/forms/use-act'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { TextField } from '#components/ui/text-field'
import { toast } from '#components/ui/toast'
import { limit } from './actions.ts'
import type { ActedOnRoot } from './root-menu.tsx'

/** How many apps a root organization may have. Those it has stay, also above a new limit. */
export default function LimitDialog({ root, onClose }: { root: ActedOnRoot; onClose: () => void }) {
  const field = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState(String(root.appsMax))
  const [sent, setSent] = useState<{ appsMax: string }>()
  const act = useAct(limit, () => {
    onClose()
    toast(`${root.name} may have ${counted(Number(typed), 'app')}.`)
  })
  const fields = standingErrors(act.refusal?.fields ?? {}, sent, { appsMax: typed })
  function submit(event: FormEvent) {
    event.preventDefault()
    setSent({ appsMax: typed })
    act.run({ rootOrganizationId: root.id, appsMax: typed.trim() === '' ? Number.NaN : Number(typed) })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      size="small"
      title={`Limit of apps of ${root.name}`}
      initialFocus={field}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form="limit-of-apps" pending={act.pending}>
            Save changes
          </Button>
        </>
      }
    >
      <form id="limit-of-apps" noValidate onSubmit={submit} className="flex flex-col gap-4">
        <TextField
          ref={field}
          label="Apps at most"
          inputMode="numeric"
          autoComplete="off"
          value={typed}
          error={fields.appsMax}
          hint={`It has ${counted(root.apps, 'app')} now. Under a lower limit they stay, and none is added.`}
          onChange={(event) => setTyped(event.target.value)}
        />
        <RefusalNotice refusal={act.refusal} />
      </form>
    </Dialog>
  )
}

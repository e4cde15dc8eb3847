'use client'

import { RefusalNotice } from '#components/forms/refusal-notice'
import { useAct } from '#components/forms/use-act'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { toast } from '#components/ui/toast'
import type { Id } from '#lib/base/ids'
import { transfer } from '../actions.ts'
import type { PersonActedOn } from './person-acts.tsx'

type Props = {
  person: PersonActedOn
  root: { id: Id<'organization'>; name: string }
  onClose: () => void
}

/** The owner hands the root organization on. Its name must be typed: only the new owner can hand it back. */
export default function TransferDialog({ person, root, onClose }: Props) {
  const { run, pending, refusal } = useAct(transfer, () => {
    onClose()
    toast(`${person.name} owns ${root.name} now.`, { detail: 'You stay an administrator.' })
  })
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Hand ${root.name} over to ${person.name}?`}
      confirm="Hand over"
      danger
      typedName={root.name}
      pending={pending}
      onConfirm={(confirmation) => run({ rootOrganizationId: root.id, newOwnerId: person.id, confirmation })}
    >
      <p>
        From then on apps of people who leave go to {person.name}, and only they can hand the organization on.
        You stay an administrator, and every app stays with its owner.
      </p>
      <div className="mt-3">
        <RefusalNotice refusal={refusal} />
      </div>
    </ConfirmDialog>
  )
}

'use client'

import { RefusalNotice } from '#components/forms/refusal-notice'
import { useAct } from '#components/forms/use-act'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { toast } from '#components/ui/toast'
import { deactivate, reactivate } from '../actions.ts'
import type { PersonActedOn } from './person-acts.tsx'

type Props = { person: PersonActedOn; onClose: () => void }

/** Asks before an account rests. Nothing is lost: reactivating brings it back. */
export default function DeactivateDialog({ person, onClose }: Props) {
  const undoing = useAct(reactivate, () => toast(`${person.name} can sign in again.`))
  const { run, pending, refusal } = useAct(deactivate, () => {
    onClose()
    toast(`The account of ${person.name} is deactivated.`, { undo: () => undoing.run({ userId: person.id }) })
  })
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Deactivate the account of ${person.name}?`}
      confirm="Deactivate"
      danger
      pending={pending}
      onConfirm={() => run({ userId: person.id })}
    >
      <p>
        They are signed out everywhere and cannot sign in. Apps can do nothing for them, also in other
        organizations. Their places, their apps and what they authorized are kept: reactivate the account, and
        all of it works again.
      </p>
      <div className="mt-3">
        <RefusalNotice refusal={refusal} />
      </div>
    </ConfirmDialog>
  )
}

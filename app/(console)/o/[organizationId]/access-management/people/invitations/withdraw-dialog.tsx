'use client'

import { RefusalNotice } from '#components/forms/refusal-notice'
import { useAct } from '#components/forms/use-act'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { toast } from '#components/ui/toast'
import { withdraw } from '../actions.ts'
import type { InvitationActedOn } from './invitation-menu.tsx'

type Props = { invitation: InvitationActedOn; onClose: () => void }

/** Asks before an invitation is taken back. */
export default function WithdrawDialog({ invitation, onClose }: Props) {
  const { run, pending, refusal } = useAct(withdraw, () => {
    onClose()
    toast(`The invitation of ${invitation.email} is withdrawn.`)
  })
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Withdraw the invitation of ${invitation.email}?`}
      confirm="Withdraw"
      danger
      pending={pending}
      onConfirm={() => run({ invitationId: invitation.id })}
    >
      <p>The link in their mail leads nowhere from then on. They are not told; you can invite them anew.</p>
      <div className="mt-3">
        <RefusalNotice refusal={refusal} />
      </div>
    </ConfirmDialog>
  )
}

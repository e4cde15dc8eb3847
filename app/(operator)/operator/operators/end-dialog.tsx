'use client'

import { useRouter } from 'next/navigation'
import { RefusalNotice } from '#components/forms/refusal-notice'
import { useAct } from '#components/forms/use-act'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { toast } from '#components/ui/toast'
import type { Operator } from '#lib/domain/users/list-operators'
import { end } from './actions.ts'

type Props = { operator: Pick<Operator, 'id' | 'fullName'>; isSelf: boolean; onClose: () => void }

/** Asks before somebody no longer runs the deployment. */
export default function EndDialog({ operator, isSelf, onClose }: Props) {
  const router = useRouter()
  const act = useAct(end, () => {
    onClose()
    if (isSelf) router.push('/')
    else toast(`${operator.fullName} is no operator any more.`)
  })
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={isSelf ? 'Step down as an operator?' : `End the office of ${operator.fullName}?`}
      confirm={isSelf ? 'Step down' : 'End the office'}
      danger
      pending={act.pending}
      onConfirm={() => act.run({ userId: operator.id })}
    >
      <p>
        {isSelf ? 'You see' : 'They see'} this place no more. The account stays, with every role in
        organizations. Another operator can name {isSelf ? 'you' : 'them'} again.
      </p>
      <div className="mt-3">
        <RefusalNotice refusal={act.refusal} />
      </div>
    </ConfirmDialog>
  )
}

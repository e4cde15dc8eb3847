'use client'

import { RefusalNotice } from '#components/forms/refusal-notice'
import { useAct } from '#components/forms/use-act'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { toast } from '#components/ui/toast'
import type { Id } from '#lib/base/ids'
import { causeInWords, knowersOf, type MarkCause } from '#lib/domain/connected-apps/mark-causes'
import { dismissMark } from './actions.ts'

type Props = {
  app: { id: Id<'app'>; name: string }
  /** What marked it, where that is known. */
  because: MarkCause | null
  onClose: () => void
}

/** Asks before the mark goes and the secret stays: nothing brings it back but another change of owner. */
export default function DismissMarkDialog({ app, because, onClose }: Props) {
  const knowers = because && knowersOf(because)
  const { run, pending, refusal } = useAct(dismissMark, () => {
    onClose()
    toast(`The mark of ${app.name} is gone.`, { detail: 'Its secret stays as it is.' })
  })
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Leave the secret of ${app.name} as it is?`}
      confirm="Dismiss the mark"
      pending={pending}
      onConfirm={() => run({ appId: app.id })}
    >
      <p>
        {because && `It ${causeInWords(because, 1)}. `}
        {knowers ?? 'Somebody who no longer answers for it'} may still know it, and it goes on working.
        Dismiss the mark where that is as it should be; the audit log keeps that you did.
      </p>
      <div className="mt-3 empty:hidden">
        <RefusalNotice refusal={refusal} />
      </div>
    </ConfirmDialog>
  )
}

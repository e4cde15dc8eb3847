'use client'

import { RefusalNotice } from '#components/forms/refusal-notice'
import { useAct } from '#components/forms/use-act'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { toast } from '#components/ui/toast'
import type { Id } from '#lib/base/ids'
import { disable, enable } from './actions.ts'

type Props = { app: { id: Id<'app'>; name: string }; onClose: () => void }

/** Asks before an app stops everywhere. Nothing is lost: enabling brings it back. */
export default function DisableDialog({ app, onClose }: Props) {
  const enabling = useAct(enable, () => toast(`${app.name} is enabled again.`))
  const { run, pending, refusal } = useAct(disable, () => {
    onClose()
    toast(`${app.name} is disabled.`, { undo: () => enabling.run({ appId: app.id }) })
  })
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Disable ${app.name}?`}
      confirm="Disable"
      danger
      pending={pending}
      onConfirm={() => run({ appId: app.id })}
    >
      <p>
        It gets no new tokens and the ones it has stop working, everywhere and at once. Nothing is lost:
        enable it, and they work again.
      </p>
      <div className="mt-3 empty:hidden">
        <RefusalNotice refusal={refusal} />
      </div>
    </ConfirmDialog>
  )
}

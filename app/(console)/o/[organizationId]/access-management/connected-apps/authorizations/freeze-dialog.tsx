'use client'

import { RefusalNotice } from '#components/forms/refusal-notice'
import { useAct } from '#components/forms/use-act'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { toast } from '#components/ui/toast'
import { countText } from '#lib/base/bounded-count'
import { freeze } from './actions.ts'
import { type ActedOn, type Organization, useActs } from './acts.tsx'

type Props = { app: ActedOn; organization: Organization; onClose: () => void }

/** Asks before an app is held still for everyone here. Nothing ends: unfreezing brings it all back. */
export default function FreezeDialog({ app, organization, onClose }: Props) {
  const { lift } = useActs()
  const { run, pending, refusal } = useAct(freeze, () => {
    onClose()
    toast(`${app.name} is frozen.`, { about: app.id, undo: () => lift('freeze', app) })
  })
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Freeze ${app.name}?`}
      confirm="Freeze"
      pending={pending}
      onConfirm={() => run({ rootOrganizationId: organization.id, appId: app.id })}
    >
      <p>
        Its tokens stop working for {app.people === 1 ? 'the one person' : `${countText(app.people)} people`}{' '}
        of {organization.name} who use it, and it gets no new ones. Nothing ends: unfreeze it, and all works
        again.
      </p>
      <div className="mt-3">
        <RefusalNotice refusal={refusal} />
      </div>
    </ConfirmDialog>
  )
}

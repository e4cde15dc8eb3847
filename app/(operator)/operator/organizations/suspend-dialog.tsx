'use client'

import { RefusalNotice } from '#components/forms/refusal-notice'
import { useAct } from '#components/forms/use-act'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { EffectFigures } from '#components/ui/facts'
import { toast } from '#components/ui/toast'
import { suspend } from './actions.ts'
import type { ActedOnRoot } from './root-menu.tsx'

/** Asks before a whole organization stands still. Nothing is lost: resuming brings it back. */
export default function SuspendDialog({ root, onClose }: { root: ActedOnRoot; onClose: () => void }) {
  const act = useAct(suspend, () => {
    onClose()
    toast(`${root.name} is suspended.`)
  })
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Suspend ${root.name}?`}
      confirm="Suspend"
      danger
      pending={act.pending}
      onConfirm={() => act.run({ rootOrganizationId: root.id })}
      details={
        <div className="flex flex-col gap-4">
          <EffectFigures
            figures={[
              {
                label: root.people === 1 ? 'person is shut out' : 'people are shut out',
                value: root.people.toLocaleString('en'),
                detail: 'of this organization alone',
              },
              {
                label: root.apps === 1 ? 'app stops' : 'apps stop',
                value: root.apps.toLocaleString('en'),
                detail: 'wherever they are allowed',
              },
            ]}
          />
          <p>
            Nobody, its owner among them, can use its console or its part of the API. Tokens of its apps, and
            of all apps for its people, are inactive at their next check. Nothing is lost: resume it, and
            tokens that are not over work again.
          </p>
          <RefusalNotice refusal={act.refusal} />
        </div>
      }
    >
      It stands still until you resume it, and its audit log says that you did this.
    </ConfirmDialog>
  )
}

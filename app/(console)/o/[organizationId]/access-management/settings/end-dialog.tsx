'use client'

import { counted } from '#components/connected-apps/app-words'
import { RefusalNotice } from '#components/forms/refusal-notice'
import { useAct } from '#components/forms/use-act'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { toast } from '#components/ui/toast'
import { endLabel } from './actions.ts'
import type { Environment } from './environments.tsx'

/** Asks before an environment ends: apps lose it at once. */
export default function EndDialog({
  environment,
  onClose,
}: {
  environment: Environment
  onClose: () => void
}) {
  const { name, apps } = environment
  const act = useAct(endLabel, () => {
    onClose()
    toast(`The environment ${name} has ended.`)
  })
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`End the environment ${name}?`}
      confirm="End environment"
      danger
      pending={act.pending}
      onConfirm={() => act.run({ environmentId: environment.id })}
    >
      <p>
        {apps === 0
          ? 'No app may use a scope there at the moment.'
          : `${counted(apps, 'app')} may use scopes there and ${apps === 1 ? 'loses' : 'lose'} that at once, for tokens already out too.`}
      </p>
      <p className="mt-2">This can’t be undone.</p>
      <div className="mt-3">
        <RefusalNotice refusal={act.refusal} />
      </div>
    </ConfirmDialog>
  )
}

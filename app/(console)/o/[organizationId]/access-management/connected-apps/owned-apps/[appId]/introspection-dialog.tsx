'use client'

import { RefusalNotice } from '#components/forms/refusal-notice'
import { useAct } from '#components/forms/use-act'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { toast } from '#components/ui/toast'
import type { Id } from '#lib/base/ids'
import { letIntrospect } from '../actions.ts'

type Props = { app: { id: Id<'app'>; name: string }; onClose: () => void }

/** Asks before an app may read every token of the organization: what an API gateway needs, and hardly anyone else. */
export default function IntrospectionDialog({ app, onClose }: Props) {
  const { run, pending, refusal } = useAct(letIntrospect, () => {
    onClose()
    toast(`${app.name} may introspect every token of your organization.`)
  })
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Let ${app.name} introspect every token?`}
      confirm="Let it introspect"
      pending={pending}
      onConfirm={() => run({ appId: app.id, isOn: true })}
    >
      <p>
        It can ask, of any token of your organization’s people and apps, whether it is active, whose it is and
        what it may do. An API gateway needs that; an app that only uses tokens does not.
      </p>
      <div className="mt-3">
        <RefusalNotice refusal={refusal} />
      </div>
    </ConfirmDialog>
  )
}

'use client'

import { useRouter } from 'next/navigation'
import { RefusalNotice } from '#components/forms/refusal-notice'
import { useAct } from '#components/forms/use-act'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { toast } from '#components/ui/toast'
import type { Id } from '#lib/base/ids'
import { unlist } from '../actions.ts'

type Props = {
  app: { id: Id<'app'>; name: string }
  organizationId: Id<'organization'>
  /** Where to go when the entry is gone. */
  afterHref?: string
  onClose: () => void
}

/** Asks before an app is taken off the allowlist, and says what goes on. */
export default function RemoveEntryDialog({ app, organizationId, afterHref, onClose }: Props) {
  const router = useRouter()
  const { run, pending, refusal } = useAct(unlist, () => {
    onClose()
    toast(`${app.name} is off the allowlist.`, { detail: 'Who authorized it before can go on.' })
    if (afterHref) router.replace(afterHref, { scroll: false })
  })
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Remove ${app.name} from the allowlist?`}
      confirm="Remove from the allowlist"
      danger
      pending={pending}
      onConfirm={() => run({ rootOrganizationId: organizationId, appId: app.id })}
    >
      <p>
        Under Restricted, nobody new can authorize it, and nobody can grant it more. Running authorizations go
        on: to end those too, remove the app under Authorizations.
      </p>
      <div className="mt-3">
        <RefusalNotice refusal={refusal} />
      </div>
    </ConfirmDialog>
  )
}

'use client'

import { RefusalNotice } from '#components/forms/refusal-notice'
import { useAct } from '#components/forms/use-act'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { toast } from '#components/ui/toast'
import { countText } from '#lib/base/bounded-count'
import { block } from './actions.ts'
import type { ActedOn, Organization } from './acts.tsx'

type Props = { app: ActedOn; organization: Organization; onClose: () => void }

/** Asks before an app is blocked: all it holds ends, and nobody can authorize it until somebody unblocks it. */
export default function BlockDialog({ app, organization, onClose }: Props) {
  const { run, pending, refusal } = useAct(block, () => {
    onClose()
    toast(`${app.name} is blocked.`, { detail: 'You find it under Authorizations, Blocked.' })
  })
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Block ${app.name}?`}
      confirm="Block"
      danger
      pending={pending}
      onConfirm={() => run({ rootOrganizationId: organization.id, appId: app.id })}
    >
      <p>
        {effect(app.people)} Nobody at {organization.name} can authorize it until someone unblocks it,
        whatever the policy says.
      </p>
      {app.people > 0 && (
        <p className="mt-2">
          <strong className="font-medium text-bad">What ends can’t be brought back.</strong> After unblocking,
          each person has to authorize it anew.
        </p>
      )}
      <div className="mt-3">
        <RefusalNotice refusal={refusal} />
      </div>
    </ConfirmDialog>
  )
}

function effect(people: number): string {
  if (people === 0) return 'Nobody uses it here at the moment.'
  if (people === 1) return 'One person loses it, and its tokens for them end at once.'
  return `${countText(people)} people lose it, and all its tokens for them end at once.`
}

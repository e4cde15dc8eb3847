'use client'

import { useState } from 'react'
import { RefusalNotice } from '#components/forms/refusal-notice'
import { useAct } from '#components/forms/use-act'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { toast } from '#components/ui/toast'
import { COUNTED_MAX, countText } from '#lib/base/bounded-count'
import { block } from './actions.ts'
import type { ActedOn, Organization } from './acts.tsx'
import { RemovalReceipt } from './removal-receipt.tsx'
import { FREEZE_GOES } from './removal-words.ts'

type Props = { app: ActedOn; organization: Organization; onClose: () => void }

/** Asks before an app is blocked: all it holds ends, and nobody can authorize it until somebody unblocks it. */
export default function BlockDialog({ app, organization, onClose }: Props) {
  const [removalId, setRemovalId] = useState<string | null>(null)
  const { run, pending, refusal } = useAct(block, (blocked) => {
    if (blocked.removalId) return setRemovalId(blocked.removalId)
    onClose()
    toast(`${app.name} is blocked.`, { detail: 'You find it under Authorizations, Blocked.' })
  })
  if (removalId)
    return (
      <RemovalReceipt
        title={`${app.name} is blocked`}
        organization={organization}
        first={{ ...NOTHING_YET, removalId, authorizations: Math.min(app.people, COUNTED_MAX) }}
        onClose={onClose}
      />
    )
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
      {app.isFrozen && <p className="mt-2">{FREEZE_GOES}</p>}
      <div className="mt-3">
        <RefusalNotice refusal={refusal} />
      </div>
    </ConfirmDialog>
  )
}

/** A block counts nothing itself. */
const NOTHING_YET = {
  kind: 'app',
  apps: 1,
  families: 0,
  tokens: 0,
  isExact: false,
  standing: { isBlocked: true, isEntryRemoved: false, frozen: 0 },
  jwtsUntil: null,
} as const

function effect(people: number): string {
  if (people === 0) return 'Nobody uses it here at the moment.'
  if (people === 1) return 'One person loses it, and its tokens for them end at once.'
  return `${countText(people)} people lose it, and all its tokens for them end at once.`
}

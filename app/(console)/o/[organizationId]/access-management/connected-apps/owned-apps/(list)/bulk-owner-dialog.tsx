'use client'

import { useMemo, useState } from 'react'
import { counted } from '#components/connected-apps/app-words'
import { type PossibleOwner, PossibleOwnerSearch } from '#components/connected-apps/possible-owner-search'
import { useSelection } from '#components/connected-apps/selection'
import { RefusalNotice } from '#components/forms/refusal-notice'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import type { Id } from '#lib/base/ids'
import { readApi } from '../../../../../../read-api.ts'
import { handOverSelected } from '../actions.ts'
import { BulkEffect } from './bulk-effect.tsx'
import { useBulkAct } from './use-bulk-act.ts'

/** Asks to whom many apps are handed, and says what that does. */
export default function BulkOwnerDialog({
  organizationId,
  onClose,
}: {
  organizationId: string
  onClose: () => void
}) {
  const { wire, count } = useSelection()
  const [owner, setOwner] = useState<PossibleOwner | null>(null)
  const input = useMemo(() => owner && { selection: wire, ownerId: owner.id as Id<'user'> }, [owner, wire])
  const said = (apps: string) => `${apps} handed to ${owner?.fullName}.`
  const { effect, refusal, pending, confirm } = useBulkAct(handOverSelected, input, { said, onClose })
  const changed = effect?.changed ?? 0
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Change the owner of ${counted(count, 'app')}`}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" pending={pending} disabled={changed === 0} onClick={confirm}>
            {effect ? `Hand over ${counted(changed, 'app')}` : 'Hand over'}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <PossibleOwnerSearch
          label="New owner"
          of={organizationId}
          find={async (search) => {
            const query = new URLSearchParams({ search })
            const path = `/organizations/${organizationId}/possible-owners?${query}`
            return (await readApi<{ data: PossibleOwner[] }>(path)).data
          }}
          chosen={owner}
          onChange={setOwner}
          error={refusal?.fields.ownerId}
        />
        {owner && (effect || !refusal) && (
          <div className="text-ink-2">
            <BulkEffect
              effect={effect}
              unchanged={effect?.unchanged === 1 ? 'is theirs already' : 'are theirs already'}
            >
              {() =>
                changed === 0
                  ? 'None of them changes hands.'
                  : `${owner.fullName} will own ${counted(changed, 'app')}. Their secrets should be rotated then, since the former owners know them. Nothing stops working.`
              }
            </BulkEffect>
          </div>
        )}
        <RefusalNotice refusal={refusal} />
      </div>
    </Dialog>
  )
}

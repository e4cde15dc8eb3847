'use client'

import { useState } from 'react'
import { useAct } from '#components/forms/use-act'
import { AppTile } from '#components/ui/app-tile'
import { Notice } from '#components/ui/notice'
import { toast } from '#components/ui/toast'
import { COUNTED_MAX } from '#lib/base/bounded-count'
import type { RemovalPreview } from '#lib/domain/authorizations/preview-removal'
import { usePreview } from '../../../../../use-preview.ts'
import { block } from './actions.ts'
import type { ActedOn, Organization } from './acts.tsx'
import { EffectDialog } from './effect-dialog.tsx'
import { endingFigures, peopleFigure } from './effect-figures.ts'
import { RemovalReceipt } from './removal-receipt.tsx'
import { FREEZE_GOES } from './removal-words.ts'

type Props = { app: ActedOn; organization: Organization; onClose: () => void }

/** Asks before an app is blocked, in numbers counted now: all it holds ends, and nobody can authorize it until somebody unblocks it. */
export default function BlockDialog({ app, organization, onClose }: Props) {
  const asked = usePreview<RemovalPreview>(
    ['removal', organization.id, app.id],
    `/organizations/${organization.id}/authorized-apps/${app.id}/removal`,
  )
  const [removalId, setRemovalId] = useState<string | null>(null)
  const { run, ...act } = useAct(block, (blocked) => {
    if (blocked.removalId) return setRemovalId(blocked.removalId)
    onClose()
    toast(`${app.name} is blocked.`, { detail: 'You find it under Authorizations, Blocked.' })
  })
  const { people, isFrozen } = asked.preview ?? app
  if (removalId)
    return (
      <RemovalReceipt
        title={`${app.name} is blocked`}
        organization={organization}
        first={{ ...NOTHING_YET, removalId, authorizations: Math.min(people, COUNTED_MAX) }}
        onClose={onClose}
      />
    )
  return (
    <EffectDialog
      lead={<AppTile id={app.id} name={app.name} size="large" />}
      title={`Block ${app.name}?`}
      confirm="Block"
      danger
      asked={asked}
      figures={({ people, ...ended }) => endingFigures(peopleFigure(people), ended)}
      notes={isFrozen && <Notice tone="neutral">{FREEZE_GOES}</Notice>}
      finality={people > 0 && 'After unblocking, each person has to authorize it anew.'}
      // In an incident it must do without the numbers, if they cannot be had.
      isReady
      act={act}
      onConfirm={() => run({ rootOrganizationId: organization.id, appId: app.id })}
      onClose={onClose}
    >
      {people > 0 ? 'It loses its access to the data of' : 'Nobody uses it at the moment at'}{' '}
      {organization.name}. Nobody here can authorize it until someone unblocks it, whatever the policy says.
    </EffectDialog>
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

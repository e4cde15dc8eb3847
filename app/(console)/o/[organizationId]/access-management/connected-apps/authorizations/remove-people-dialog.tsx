'use client'

import { useState } from 'react'
import { counted } from '#components/connected-apps/app-words'
import { AppTile } from '#components/ui/app-tile'
import { Notice } from '#components/ui/notice'
import type { Id } from '#lib/base/ids'
import type { PeopleRemovalPreview } from '#lib/domain/authorizations/preview-people-removal'
import type { Receipt } from '#lib/domain/installations/schema'
import { usePreview } from '../../../../../use-preview.ts'
import { removePeople } from './actions.ts'
import type { ActedOn, Organization } from './acts.tsx'
import { EffectDialog } from './effect-dialog.tsx'
import { endingFigures, peopleFigure } from './effect-figures.ts'
import { RemovalReceipt } from './removal-receipt.tsx'
import { useCountedAct } from './use-counted-act.ts'

type Props = {
  app: ActedOn
  organization: Organization
  authorizationIds: Id<'authorization'>[]
  onDone: () => void
  onClose: () => void
}

/** Asks before the authorizations that chosen people gave one app are removed, in numbers counted now. */
export default function RemovePeopleDialog({ app, organization, authorizationIds, onDone, onClose }: Props) {
  const asked = usePreview<PeopleRemovalPreview>(
    ['people-removal', app.id, authorizationIds.join()],
    `/organizations/${organization.id}/authorized-apps/${app.id}/people/removal?authorizations=${authorizationIds.join(',')}`,
  )
  const [receipt, setReceipt] = useState<Receipt>()
  const { run, ...act } = useCountedAct(removePeople, asked, (ended) => {
    onDone()
    setReceipt(ended)
  })
  if (receipt)
    return (
      <RemovalReceipt
        title={`${counted(receipt.people, 'person', 'people')} lost ${app.name}`}
        organization={organization}
        first={{ ...receipt, kind: 'people', apps: 1, authorizations: receipt.people }}
        onClose={onClose}
      />
    )
  const gone = asked.preview?.gone ?? 0
  return (
    <EffectDialog
      lead={<AppTile id={app.id} name={app.name} size="large" />}
      title={`Remove ${app.name} for ${counted(authorizationIds.length, 'person', 'people')}?`}
      confirm="Remove"
      danger
      asked={asked}
      figures={({ people, ...ended }) => endingFigures(peopleFigure(people), ended)}
      notes={
        gone > 0 && (
          <Notice>
            {counted(gone, 'person', 'people')} of those chosen {gone === 1 ? 'has' : 'have'} not authorized
            it any more. Close this and choose anew.
          </Notice>
        )
      }
      finality="They would have to authorize it anew."
      isReady={gone === 0}
      act={act}
      onConfirm={() => run({ rootOrganizationId: organization.id, appId: app.id, authorizationIds })}
      onClose={onClose}
    >
      {app.name} can no longer act for them at {organization.name}. Everybody else keeps it.
    </EffectDialog>
  )
}

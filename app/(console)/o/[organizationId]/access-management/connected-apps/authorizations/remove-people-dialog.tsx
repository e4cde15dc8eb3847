'use client'

import { useState } from 'react'
import { counted } from '#components/connected-apps/app-words'
import { JwtsUntil } from '#components/connected-apps/jwts-until'
import { RefusalNotice } from '#components/forms/refusal-notice'
import { useAct } from '#components/forms/use-act'
import { AppTile } from '#components/ui/app-tile'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { EffectFigures } from '#components/ui/facts'
import { Notice } from '#components/ui/notice'
import { Skeleton } from '#components/ui/skeleton'
import { leastText } from '#lib/base/bounded-count'
import type { Id } from '#lib/base/ids'
import type { PeopleRemovalPreview } from '#lib/domain/authorizations/preview-people-removal'
import type { Receipt } from '#lib/domain/installations/schema'
import { usePreview } from '../../../../../use-preview.ts'
import { removePeople } from './actions.ts'
import type { ActedOn, Organization } from './acts.tsx'
import { RemovalReceipt } from './removal-receipt.tsx'

type Props = {
  app: ActedOn
  organization: Organization
  authorizationIds: Id<'authorization'>[]
  onDone: () => void
  onClose: () => void
}

/** Asks before the authorizations that chosen people gave one app are removed, in numbers counted now. */
export default function RemovePeopleDialog({ app, organization, authorizationIds, onDone, onClose }: Props) {
  const chosen = authorizationIds.length
  const { preview, failure, isPending } = usePreview<PeopleRemovalPreview>(
    ['people-removal', app.id, authorizationIds.join()],
    `/organizations/${organization.id}/authorized-apps/${app.id}/people/removal?authorizations=${authorizationIds.join(',')}`,
  )
  const [receipt, setReceipt] = useState<Receipt>()
  const { run, pending, refusal } = useAct(removePeople, (ended) => {
    onDone()
    setReceipt(ended)
  })
  if (receipt)
    return (
      <RemovalReceipt
        title={`${counted(receipt.people, 'person', 'people')} lost ${app.name}`}
        organization={organization}
        first={{
          ...receipt,
          kind: 'people',
          apps: 1,
          authorizations: receipt.people,
          isBlocked: false,
          isEntryRemoved: false,
          frozen: null,
        }}
        onClose={onClose}
      />
    )
  const gone = preview?.gone ?? 0
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      lead={<AppTile id={app.id} name={app.name} size="large" />}
      title={`Remove ${app.name} for ${counted(chosen, 'person', 'people')}?`}
      confirm="Remove"
      danger
      isReady={!isPending && gone === 0}
      pending={pending}
      onConfirm={() => run({ rootOrganizationId: organization.id, appId: app.id, authorizationIds })}
      details={
        <div className="flex flex-col gap-4">
          {failure ? (
            <Notice tone="bad">{failure}</Notice>
          ) : preview ? (
            <EffectFigures
              figures={[
                {
                  label: preview.people === 1 ? 'person loses it' : 'people lose it',
                  value: leastText(preview.people, true),
                },
                {
                  label: preview.families === 1 ? 'token family ends' : 'token families end',
                  value: leastText(preview.families, true),
                },
                {
                  label: preview.tokens === 1 ? 'token stops working' : 'tokens stop working',
                  value: leastText(preview.tokens, true),
                  detail: 'at their next use',
                },
              ]}
            />
          ) : (
            <Skeleton className="h-20 w-full rounded-box" />
          )}
          {gone > 0 && (
            <Notice>
              {counted(gone, 'person', 'people')} of those chosen {gone === 1 ? 'has' : 'have'} not authorized
              it any more. Close this and choose anew.
            </Notice>
          )}
          <JwtsUntil at={preview?.jwtsUntil ?? null} />
          <p>
            <strong className="font-medium text-bad">This can’t be undone.</strong> They would have to
            authorize it anew.
          </p>
          <RefusalNotice refusal={refusal} />
        </div>
      }
    >
      {app.name} can no longer act for them at {organization.name}. Everybody else keeps it.
    </ConfirmDialog>
  )
}

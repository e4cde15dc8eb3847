'use client'

import { useState } from 'react'
import { counted } from '#components/connected-apps/app-words'
import { JwtsUntil } from '#components/connected-apps/jwts-until'
import { RefusalNotice } from '#components/forms/refusal-notice'
import { useAct } from '#components/forms/use-act'
import { Avatar } from '#components/ui/avatar'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { EffectFigures } from '#components/ui/facts'
import { Notice } from '#components/ui/notice'
import { Skeleton } from '#components/ui/skeleton'
import { leastText } from '#lib/base/bounded-count'
import type { Id } from '#lib/base/ids'
import type { PersonRemovalPreview } from '#lib/domain/authorizations/preview-person-removal'
import type { removeAllOfPerson } from '#lib/domain/authorizations/remove-all-of-person'
import { usePreview } from '../../../../../use-preview.ts'
import { removeAll } from './actions.ts'
import type { Organization } from './acts.tsx'
import { RemovalReceipt } from './removal-receipt.tsx'

type Props = {
  person: { userId: Id<'user'>; name: string }
  organization: Organization
  onClose: () => void
}

/** Asks before all that one person authorized is removed: in numbers counted now, and only that is done. */
export default function RemoveAllDialog({ person, organization, onClose }: Props) {
  const { preview, failure, isPending } = usePreview<PersonRemovalPreview>(
    ['person-removal', organization.id, person.userId],
    `/organizations/${organization.id}/authorizing-people/${person.userId}/removal`,
  )
  const [receipt, setReceipt] = useState<Awaited<ReturnType<typeof removeAllOfPerson>>>()
  const { run, pending, refusal } = useAct(removeAll, setReceipt)
  if (receipt)
    return (
      <RemovalReceipt
        title={`All that ${person.name} authorized is removed`}
        organization={organization}
        first={{
          ...receipt,
          kind: 'person',
          authorizations: receipt.apps,
          isBlocked: false,
          isEntryRemoved: false,
          frozen: null,
        }}
        onClose={onClose}
      />
    )
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      lead={<Avatar name={person.name} size="medium" />}
      title={`Remove all that ${person.name} authorized?`}
      confirm="Remove all"
      danger
      isReady={!isPending && (preview?.apps ?? 0) > 0}
      pending={pending}
      onConfirm={() =>
        run({
          rootOrganizationId: organization.id,
          userId: person.userId,
          expectedFingerprint: preview?.fingerprint,
        })
      }
      details={
        <div className="flex flex-col gap-4">
          {failure ? (
            <Notice tone="bad">{failure}</Notice>
          ) : preview ? (
            <EffectFigures
              figures={[
                {
                  label: preview.apps === 1 ? 'app loses access' : 'apps lose access',
                  value: leastText(preview.apps, true),
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
          <JwtsUntil at={preview?.jwtsUntil ?? null} />
          <p>
            <strong className="font-medium text-bad">This can’t be undone.</strong> {person.name} would have
            to authorize each app anew. Everybody else keeps theirs.
          </p>
          <RefusalNotice refusal={refusal} />
        </div>
      }
    >
      {preview ? counted(preview.apps, 'app') : 'The apps'} can no longer act for {person.name} at{' '}
      {organization.name}.
    </ConfirmDialog>
  )
}

'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { counted } from '#components/connected-apps/app-words'
import { JwtsUntil } from '#components/connected-apps/jwts-until'
import { RefusalNotice } from '#components/forms/refusal-notice'
import { useAct } from '#components/forms/use-act'
import { AppTile } from '#components/ui/app-tile'
import { Button } from '#components/ui/button'
import { Checkbox } from '#components/ui/checkbox'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { Dialog } from '#components/ui/dialog'
import { EffectFigures } from '#components/ui/facts'
import { Notice } from '#components/ui/notice'
import { Skeleton } from '#components/ui/skeleton'
import { countText, leastText } from '#lib/base/bounded-count'
import type { RemovalPreview } from '#lib/domain/authorizations/preview-removal'
import type { RemovalReceipt as Receipt } from '#lib/domain/authorizations/schema'
import { readApi } from '../../../../../read-api.ts'
import { removeEveryone } from './actions.ts'
import type { ActedOn, Organization } from './acts.tsx'
import { RemovalReceipt } from './removal-receipt.tsx'
import { FREEZE_GOES, FREEZE_STAYS } from './removal-words.ts'

type Props = { app: ActedOn; organization: Organization; onClose: () => void }

/** Says what Remove will end, in numbers counted now; what else can be done with it; and afterwards what was ended. */
export default function RemoveDialog({ app, organization, onClose }: Props) {
  const [alsoBlock, setAlsoBlock] = useState(false)
  const [alsoRemoveEntry, setAlsoRemoveEntry] = useState(false)
  const preview = useQuery({
    queryKey: ['removal', organization.id, app.id],
    queryFn: () =>
      readApi<RemovalPreview>(`/organizations/${organization.id}/authorized-apps/${app.id}/removal`),
    staleTime: 0,
    retry: 1,
    // Offline it says at once that nothing could be counted.
    networkMode: 'always',
  })
  const [receipt, setReceipt] = useState<Receipt | null>(null)
  const { run, pending, refusal } = useAct(removeEveryone, (ended) => setReceipt(ended))
  if (receipt)
    return (
      <RemovalReceipt
        title={receipt.isBlocked ? `${app.name} is removed and blocked` : `${app.name} is removed`}
        organization={organization}
        first={{
          ...receipt,
          kind: 'app',
          apps: 1,
          frozen: receipt.isFrozen ? 1 : 0,
          authorizations: receipt.people,
        }}
        onClose={onClose}
      />
    )
  if (refusal?.code === 'conflict')
    return <NothingToRemove app={app} sentence={refusal.sentence} onClose={onClose} />
  const people = preview.data?.people ?? app.people
  const isListed = preview.data?.isListed ?? app.isListed
  const isFrozen = preview.data?.isFrozen ?? app.isFrozen
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      lead={<AppTile id={app.id} name={app.name} size="large" />}
      title={`Remove ${app.name}?`}
      confirm={wordsFor(alsoBlock, alsoRemoveEntry)}
      danger
      // What is confirmed stands above it: the numbers, or that they could not be had.
      isReady={!preview.isPending}
      pending={pending}
      onConfirm={() =>
        run({ rootOrganizationId: organization.id, appId: app.id, alsoBlock, alsoRemoveEntry })
      }
      details={
        <div className="flex flex-col gap-4">
          <EffectFigures
            figures={[
              { label: people === 1 ? 'person loses it' : 'people lose it', value: countText(people) },
              {
                label: preview.data?.families === 1 ? 'token family ends' : 'token families end',
                value: <Counted number="families" {...preview} />,
              },
              {
                label: preview.data?.tokens === 1 ? 'token stops working' : 'tokens stop working',
                value: <Counted number="tokens" {...preview} />,
                detail: 'at their next use',
              },
            ]}
          />
          {!preview.data?.isBlocked && (
            <Checkbox
              label={`Also block ${app.name}`}
              hint="Nobody here can authorize it until someone unblocks it."
              checked={alsoBlock}
              onChange={(event) => setAlsoBlock(event.target.checked)}
            />
          )}
          {isListed && (
            <Checkbox
              label="Also remove it from the allowlist"
              hint="People who want it later must ask for approval again."
              checked={alsoRemoveEntry}
              onChange={(event) => setAlsoRemoveEntry(event.target.checked)}
            />
          )}
          {isFrozen && <Notice tone="neutral">{alsoBlock ? FREEZE_GOES : FREEZE_STAYS}</Notice>}
          <JwtsUntil at={preview.data?.jwtsUntil ?? null} />
          <p>
            <strong className="font-medium text-bad">This can’t be undone.</strong> The tokens stay ended even
            if you allow the app again: each person has to authorize it anew.
          </p>
          <RefusalNotice refusal={refusal} />
        </div>
      }
    >
      It loses its access to the data of {organization.name}, for{' '}
      {people > 10_000 ? 'more than 10,000 people' : counted(people, 'person', 'people')}.
    </ConfirmDialog>
  )
}

/** Somebody was faster: what the question was about is done. */
function NothingToRemove({
  app,
  sentence,
  onClose,
}: {
  app: ActedOn
  sentence: string
  onClose: () => void
}) {
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      lead={<AppTile id={app.id} name={app.name} size="large" />}
      title={`${app.name} is not in use any more`}
      foot={
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      <p role="alert">{sentence}</p>
    </Dialog>
  )
}

type CountedProps = { number: 'families' | 'tokens'; data: RemovalPreview | undefined; isError: boolean }

function Counted({ number, data, isError }: CountedProps) {
  if (data) return leastText(data[number], data.isExact)
  if (isError) return <span title="They could not be counted. Removing ends them all the same.">–</span>
  return <Skeleton className="my-1 h-5 w-12" />
}

function wordsFor(alsoBlock: boolean, alsoRemoveEntry: boolean): string {
  if (alsoBlock && alsoRemoveEntry) return 'Remove, block and unlist'
  if (alsoBlock) return 'Remove and block'
  return alsoRemoveEntry ? 'Remove and unlist' : 'Remove'
}

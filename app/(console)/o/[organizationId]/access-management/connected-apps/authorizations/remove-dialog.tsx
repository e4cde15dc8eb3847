'use client'

import { useState } from 'react'
import { counted } from '#components/connected-apps/app-words'
import { useAct } from '#components/forms/use-act'
import { AppTile } from '#components/ui/app-tile'
import { Button } from '#components/ui/button'
import { Checkbox } from '#components/ui/checkbox'
import { Dialog } from '#components/ui/dialog'
import { Notice } from '#components/ui/notice'
import { COUNTED_MAX } from '#lib/base/bounded-count'
import type { RemovalPreview } from '#lib/domain/authorizations/preview-removal'
import type { RemovalReceipt as Receipt } from '#lib/domain/authorizations/schema'
import { usePreview } from '../../../../../use-preview.ts'
import { removeEveryone } from './actions.ts'
import type { ActedOn, Organization } from './acts.tsx'
import { EffectDialog } from './effect-dialog.tsx'
import { endingFigures, peopleFigure } from './effect-figures.ts'
import { RemovalReceipt } from './removal-receipt.tsx'
import { FREEZE_GOES, FREEZE_STAYS } from './removal-words.ts'

type Props = { app: ActedOn; organization: Organization; onClose: () => void }

/** Says what Remove will end, in numbers counted now; what else can be done with it; and afterwards what was ended. */
export default function RemoveDialog({ app, organization, onClose }: Props) {
  const [alsoBlock, setAlsoBlock] = useState(false)
  const [alsoRemoveEntry, setAlsoRemoveEntry] = useState(false)
  const asked = usePreview<RemovalPreview>(
    ['removal', organization.id, app.id],
    `/organizations/${organization.id}/authorized-apps/${app.id}/removal`,
  )
  const { preview } = asked
  const [receipt, setReceipt] = useState<Receipt | null>(null)
  const { run, pending, refusal } = useAct(removeEveryone, (ended) => setReceipt(ended))
  if (receipt) {
    const { isBlocked, isFrozen, isEntryRemoved } = receipt
    return (
      <RemovalReceipt
        title={isBlocked ? `${app.name} is removed and blocked` : `${app.name} is removed`}
        organization={organization}
        first={{
          ...receipt,
          kind: 'app',
          apps: 1,
          authorizations: receipt.people,
          standing: { isBlocked, isEntryRemoved, frozen: isFrozen ? 1 : 0 },
        }}
        onClose={onClose}
      />
    )
  }
  if (refusal?.code === 'conflict')
    return <NothingToRemove app={app} sentence={refusal.sentence} onClose={onClose} />
  const { people, isListed, isFrozen } = preview ?? app
  return (
    <EffectDialog
      lead={<AppTile id={app.id} name={app.name} size="large" />}
      title={`Remove ${app.name}?`}
      confirm={wordsFor(alsoBlock, alsoRemoveEntry)}
      danger
      asked={asked}
      figures={({ people, ...ended }) => endingFigures(peopleFigure(people), ended)}
      notes={
        <>
          {!preview?.isBlocked && (
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
        </>
      }
      finality="The tokens stay ended even if you allow the app again: each person has to authorize it anew."
      // What is confirmed stands above it: the numbers, or that they could not be had.
      isReady
      act={{ pending, refusal }}
      onConfirm={() =>
        run({ rootOrganizationId: organization.id, appId: app.id, alsoBlock, alsoRemoveEntry })
      }
      onClose={onClose}
    >
      It loses its access to the data of {organization.name}, for{' '}
      {people > COUNTED_MAX ? 'more than 10,000 people' : counted(people, 'person', 'people')}.
    </EffectDialog>
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

function wordsFor(alsoBlock: boolean, alsoRemoveEntry: boolean): string {
  if (alsoBlock && alsoRemoveEntry) return 'Remove, block and unlist'
  if (alsoBlock) return 'Remove and block'
  return alsoRemoveEntry ? 'Remove and unlist' : 'Remove'
}

'use client'

import { useState } from 'react'
import { counted } from '#components/connected-apps/app-words'
import { jwtsUntilText } from '#components/connected-apps/jwts-until-text'
import type { Figure } from '#components/ui/facts'
import { Notice } from '#components/ui/notice'
import { toast } from '#components/ui/toast'
import { leastText } from '#lib/base/bounded-count'
import type { Id } from '#lib/base/ids'
import type { AppsStopPreview } from '#lib/domain/authorizations/preview-apps-stop'
import type { AppsReceipt } from '#lib/domain/authorizations/remove-apps'
import type { AuthorizedAppsFilters } from '#lib/domain/authorizations/schema'
import { usePreview } from '../../../../../use-preview.ts'
import { freezeSeveral, removeSeveral } from './actions.ts'
import type { Organization } from './acts.tsx'
import { EffectDialog } from './effect-dialog.tsx'
import { endingFigures, pausingFigures } from './effect-figures.ts'
import { RemovalReceipt } from './removal-receipt.tsx'
import { useCountedAct } from './use-counted-act.ts'

export type StopAct = 'freeze' | 'remove' | 'block'
type Chosen = { appIds: string[] } | { matching: AuthorizedAppsFilters }

type Props = {
  act: StopAct
  organization: Organization
  chosen: Chosen
  /** Called when it is done: nothing stays chosen. */
  onDone: () => void
  onClose: () => void
}

const VERB = { freeze: 'Freeze', remove: 'Remove', block: 'Block' } as const

/** Asks before several apps are stopped: what it does in numbers counted now, and only to the apps that were counted. */
export default function StopDialog({ act, organization, chosen, onDone, onClose }: Props) {
  const asked = usePreview<AppsStopPreview>(
    ['stop', organization.id, JSON.stringify(chosen)],
    `/organizations/${organization.id}/stop-preview?${queryOf(chosen)}`,
  )
  const { preview } = asked
  const [receipt, setReceipt] = useState<AppsReceipt & { counted: AppsStopPreview }>()
  const removing = useCountedAct(removeSeveral, asked, (done) => {
    onDone()
    if (preview && done.removalId) return setReceipt({ ...done, counted: preview })
    onClose()
    toast(`${counted(done.apps, 'app')} blocked.`, { detail: 'You find them under Authorizations, Blocked.' })
  })
  const freezing = useCountedAct(freezeSeveral, asked, ({ apps, jwtsUntil }) => {
    onDone()
    onClose()
    toast(`${counted(apps, 'app')} frozen.`, { detail: jwtsUntilText(jwtsUntil) })
  })
  if (receipt) {
    const { isBlocked, frozen } = receipt
    return (
      <RemovalReceipt
        title={`${counted(receipt.apps, 'app')} ${isBlocked ? 'blocked' : 'removed'}`}
        organization={organization}
        first={{
          ...receipt.counted,
          ...receipt,
          kind: 'apps',
          isExact: false,
          standing: { isBlocked, frozen, isEntryRemoved: false },
        }}
        onClose={onClose}
      />
    )
  }
  const apps = preview ? stopped(act, preview) : 0
  const confirm = () => {
    const selection = 'appIds' in chosen ? { appIds: chosen.appIds as Id<'app'>[] } : chosen
    const wish = { rootOrganizationId: organization.id, selection, expectedFingerprint: preview?.fingerprint }
    if (act === 'freeze') freezing.run(wish)
    else removing.run({ ...wish, alsoBlock: act === 'block' })
  }
  return (
    <EffectDialog
      title={preview ? `${VERB[act]} ${counted(apps, 'app')}?` : `${VERB[act]} the selected apps?`}
      confirm={preview ? `${VERB[act]} ${counted(apps, 'app')}` : VERB[act]}
      danger={act !== 'freeze'}
      asked={asked}
      figures={(counts) => figuresOf(act, counts)}
      notes={
        preview && (
          <>
            {act !== 'freeze' && <Frozen act={act} preview={preview} />}
            {preview.names.length > 0 && (
              <p className="text-ink-2 [overflow-wrap:anywhere]">{namesText(preview)}</p>
            )}
          </>
        )
      }
      finality={
        act !== 'freeze' &&
        `Each person would have to authorize each app anew${act === 'block' ? ', once it is unblocked' : ''}.`
      }
      isReady={apps > 0}
      act={act === 'freeze' ? freezing : removing}
      onConfirm={confirm}
      onClose={onClose}
    >
      {consequence(act, organization.name)}
    </EffectDialog>
  )
}

function figuresOf(act: StopAct, preview: AppsStopPreview): Figure[] {
  const { apps, frozen, authorizations, isExact } = preview
  if (act !== 'freeze') {
    const label = authorizations === 1 ? 'authorization ends' : 'authorizations end'
    return endingFigures({ label, value: leastText(authorizations, isExact) }, preview)
  }
  return pausingFigures(
    {
      label: apps - frozen === 1 ? 'app stops' : 'apps stop',
      value: leastText(apps - frozen, true),
      detail: frozen > 0 ? `${frozen.toLocaleString('en')} frozen already` : undefined,
    },
    preview,
  )
}

/** How many the act is about: nothing is left to remove of what nobody uses any more. */
function stopped(act: StopAct, { apps, unused }: AppsStopPreview): number {
  return act === 'remove' ? apps - unused : apps
}

/** What becomes of those that are frozen. */
function Frozen({ act, preview: { frozen, unused } }: { act: 'remove' | 'block'; preview: AppsStopPreview }) {
  if (act === 'block')
    return (
      frozen > 0 && (
        <Notice tone="neutral">
          {frozen.toLocaleString('en')} of them {counting(frozen, 'is', 'are')} frozen. The block takes the
          place of that: once unblocked, nothing of the freeze is left.
        </Notice>
      )
    )
  const staying = frozen - unused
  return (
    <>
      {staying > 0 && (
        <Notice tone="neutral">
          {staying.toLocaleString('en')} of them {counting(staying, 'is', 'are')} frozen, and{' '}
          {counting(staying, 'stays', 'stay')} so: nobody can authorize {counting(staying, 'it', 'them')} anew
          until someone unfreezes {counting(staying, 'it', 'them')}.
        </Notice>
      )}
      {unused > 0 && (
        <Notice tone="neutral">
          {counted(unused, 'app')} of those selected {counting(unused, 'is', 'are')} only frozen: nobody uses{' '}
          {counting(unused, 'it', 'them')}, so nothing is left to remove.
        </Notice>
      )}
    </>
  )
}

function consequence(act: StopAct, organization: string): string {
  if (act === 'freeze')
    return `Their tokens stop working for the people of ${organization}, and they get no new ones. Nothing ends: unfreeze one, and it works again.`
  if (act === 'block')
    return `They lose their access to the data of ${organization}, and nobody here can authorize them until someone unblocks them.`
  return `They lose their access to the data of ${organization}. People may authorize them anew, where the policy lets them.`
}

function namesText({ names, apps }: AppsStopPreview): string {
  const more = apps - names.length
  return more > 0 ? `${names.join(', ')} and ${counted(more, 'more', 'more')}.` : `${names.join(', ')}.`
}

function queryOf(chosen: Chosen): URLSearchParams {
  const query = new URLSearchParams()
  if ('appIds' in chosen) query.set('apps', chosen.appIds.join(','))
  else
    for (const [name, value] of Object.entries(chosen.matching))
      if (value !== undefined) query.set(name, String(value))
  return query
}

const counting = (count: number, one: string, many: string) => (count === 1 ? one : many)

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
import type { AuthorizedAppsFilters, StopAct } from '#lib/domain/authorizations/schema'
import { usePreview } from '../../../../../use-preview.ts'
import { freezeSeveral, removeSeveral, unfreezeSeveral } from './actions.ts'
import { type Organization, useActs } from './acts.tsx'
import { EffectDialog } from './effect-dialog.tsx'
import { endingFigures, pausingFigures, resumingFigures } from './effect-figures.ts'
import { RemovalReceipt } from './removal-receipt.tsx'
import { useCountedAct } from './use-counted-act.ts'

type Chosen = { appIds: string[] } | { matching: AuthorizedAppsFilters }

type Props = {
  act: StopAct
  organization: Organization
  chosen: Chosen
  /** Called when it is done: nothing stays chosen. */
  onDone: () => void
  onClose: () => void
}

const VERB = { freeze: 'Freeze', unfreeze: 'Unfreeze', remove: 'Remove', block: 'Block' } as const

/** Asks before several apps are stopped, or let go on: what it does in numbers counted now, and only to the apps that were counted. */
export default function StopDialog({ act, organization, chosen, onDone, onClose }: Props) {
  const asked = usePreview<AppsStopPreview>(
    ['stop', organization.id, act, JSON.stringify(chosen)],
    `/organizations/${organization.id}/stop-preview?${queryOf(act, chosen)}`,
  )
  const { preview } = asked
  const [receipt, setReceipt] = useState<AppsReceipt & { counted: AppsStopPreview }>()
  const removing = useCountedAct(removeSeveral, asked, (done) => {
    onDone()
    if (preview && done.removalId) return setReceipt({ ...done, counted: preview })
    onClose()
    toast(`${counted(done.apps, 'app')} blocked.`, { detail: 'You find them under Authorizations, Blocked.' })
  })
  const { thaw } = useActs()
  const freezing = useCountedAct(freezeSeveral, asked, ({ apps, frozenAt, jwtsUntil }) => {
    onDone()
    onClose()
    toast(`${counted(apps, 'app')} frozen.`, {
      detail: jwtsUntilText(jwtsUntil),
      undo: frozenAt ? () => thaw(frozenAt) : undefined,
    })
  })
  const unfreezing = useCountedAct(unfreezeSeveral, asked, ({ apps }) => {
    onDone()
    onClose()
    toast(`${counted(apps, 'app')} unfrozen.`)
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
  const apps = preview?.apps ?? 0
  const isEnding = act === 'remove' || act === 'block'
  const confirm = () => {
    const selection = 'appIds' in chosen ? { appIds: chosen.appIds as Id<'app'>[] } : chosen
    const wish = { rootOrganizationId: organization.id, selection, expectedFingerprint: preview?.fingerprint }
    if (act === 'freeze') freezing.run(wish)
    else if (act === 'unfreeze') unfreezing.run(wish)
    else removing.run({ ...wish, alsoBlock: act === 'block' })
  }
  return (
    <EffectDialog
      title={preview ? `${VERB[act]} ${counted(apps, 'app')}?` : `${VERB[act]} the selected apps?`}
      confirm={preview ? `${VERB[act]} ${counted(apps, 'app')}` : VERB[act]}
      danger={isEnding}
      asked={asked}
      figures={(counts) => figuresOf(act, counts)}
      notes={
        preview && (
          <>
            <LeftAside act={act} preview={preview} />
            {preview.names.length > 0 && (
              <p className="text-ink-2 [overflow-wrap:anywhere]">{namesText(preview)}</p>
            )}
          </>
        )
      }
      finality={
        isEnding &&
        `Each person would have to authorize each app anew${act === 'block' ? ', once it is unblocked' : ''}.`
      }
      isReady={apps > 0}
      act={{ freeze: freezing, unfreeze: unfreezing, remove: removing, block: removing }[act]}
      onConfirm={confirm}
      onClose={onClose}
    >
      {consequence(act, organization.name)}
    </EffectDialog>
  )
}

function figuresOf(act: StopAct, preview: AppsStopPreview): Figure[] {
  const { apps, authorizations, isExact } = preview
  switch (act) {
    case 'freeze':
      return pausingFigures(appsFigure(apps, 'app stops', 'apps stop'), preview)
    case 'unfreeze':
      return resumingFigures(appsFigure(apps, 'app goes on', 'apps go on'), preview)
    default: {
      const label = authorizations === 1 ? 'authorization ends' : 'authorizations end'
      return endingFigures({ label, value: leastText(authorizations, isExact) }, preview)
    }
  }
}

const appsFigure = (apps: number, one: string, many: string): Figure => ({
  label: apps === 1 ? one : many,
  value: leastText(apps, true),
})

type Aside = { act: StopAct; preview: AppsStopPreview }

/** Which of the chosen stay as they are, and what becomes of those that are frozen. */
function LeftAside({ act, preview: { leftOut, frozen } }: Aside) {
  const lines = [leftOut > 0 && leftText(act, leftOut), frozen > 0 && frozenText(act, frozen)]
  return lines.map(
    (line) =>
      line && (
        <Notice key={line} tone="neutral">
          {line}
        </Notice>
      ),
  )
}

function leftText(act: StopAct, leftOut: number): string {
  const are = leftOut === 1 ? 'is' : 'are'
  const of = `${counted(leftOut, 'app')} of those selected ${are}`
  if (act === 'freeze') return `${of} frozen already, and ${leftOut === 1 ? 'stays' : 'stay'} so.`
  if (act === 'unfreeze') return `${of} not frozen.`
  return `${of} only frozen: nobody uses ${leftOut === 1 ? 'it' : 'them'}, so nothing is left to remove.`
}

function frozenText(act: StopAct, frozen: number): string | false {
  const [are, it] = frozen === 1 ? ['is', 'it'] : ['are', 'them']
  const of = `${frozen.toLocaleString('en')} of them ${are} frozen`
  if (act === 'block')
    return `${of}. The block takes the place of that: once unblocked, nothing of the freeze is left.`
  if (act === 'remove')
    return `${of}, and ${frozen === 1 ? 'stays' : 'stay'} so: nobody can authorize ${it} anew until someone unfreezes ${it}.`
  return false
}

function consequence(act: StopAct, organization: string): string {
  if (act === 'freeze')
    return `Their tokens stop working for the people of ${organization}, and they get no new ones. Nothing ends: unfreeze them, and all works again.`
  if (act === 'unfreeze')
    return `What they hold works again for the people of ${organization}. What was removed meanwhile can be authorized anew, where the policy lets them.`
  if (act === 'block')
    return `They lose their access to the data of ${organization}, and nobody here can authorize them until someone unblocks them.`
  return `They lose their access to the data of ${organization}. People may authorize them anew, where the policy lets them.`
}

function namesText({ names, apps }: AppsStopPreview): string {
  const more = apps - names.length
  return more > 0 ? `${names.join(', ')} and ${counted(more, 'more', 'more')}.` : `${names.join(', ')}.`
}

function queryOf(act: StopAct, chosen: Chosen): URLSearchParams {
  const query = new URLSearchParams({ act })
  if ('appIds' in chosen) query.set('apps', chosen.appIds.join(','))
  else
    for (const [name, value] of Object.entries(chosen.matching))
      if (value !== undefined) query.set(name, String(value))
  return query
}

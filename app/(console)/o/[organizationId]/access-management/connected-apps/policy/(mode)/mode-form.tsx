'use client'

import { useRouter } from 'next/navigation'
import { type ReactNode, useOptimistic, useState, useTransition } from 'react'
import { counted } from '#components/connected-apps/app-words'
import { MODE, MODE_HINT } from '#components/connected-apps/policy-words'
import { RefusalNotice } from '#components/forms/refusal-notice'
import { SaveBar } from '#components/forms/save-bar'
import { useAct } from '#components/forms/use-act'
import { Chip } from '#components/ui/chip'
import { Notice } from '#components/ui/notice'
import { RadioGroup } from '#components/ui/radio-group'
import { toast } from '#components/ui/toast'
import type { Id } from '#lib/base/ids'
import type { Mode } from '#lib/domain/allowlist/schema'
import { approveInternal } from '../actions.ts'
import { changeMode } from './change-mode.ts'
import { EffectSkeleton } from './effect-skeleton.tsx'
import { InternalSwitch } from './internal-switch.tsx'

type Props = {
  path: string
  organization: { id: Id<'organization'>; name: string }
  inForce: Mode
  /** What is chosen, as the URL says it: the right side shows the effect of this. */
  to: Mode
  fingerprint: string
  version: number
  internalAutoApproval: boolean
  /** What the switch for internal apps is to be after a change to Restricted, as the URL says it. */
  internalAfter: boolean
  /** How many apps are put on the allowlist with the change. */
  listed: number
  /** How many requests are closed with the change. */
  closes: number
  /** Internal apps in use that have no entry for all they do. */
  unlistedInternal: { count: number; names: readonly string[] }
  /** The right side, drawn on the server. */
  children: ReactNode
}

/** The choice on the left, what it does on the right. Nothing is in force before it is saved. */
export function ModeForm(props: Props) {
  const { path, organization, inForce, to, version } = props
  const router = useRouter()
  const [isDrawing, startTransition] = useTransition()
  const [chosen, setChosen] = useOptimistic(to)
  const [isInternalAfter, setInternalAfter] = useOptimistic(props.internalAfter)
  const [isInternalOn, setInternalOn] = useState<boolean | null>(null)
  const [alsoListInUse, setAlsoListInUse] = useState(true)
  const [savedFrom, setSavedFrom] = useState<number | null>(null)

  const choose = (mode: Mode, internal = props.internalAutoApproval) => {
    modeAct.reset()
    setInternalOn(null)
    startTransition(() => {
      setChosen(mode)
      setInternalAfter(internal)
      const wish =
        internal === props.internalAutoApproval
          ? `to=${mode}`
          : `to=${mode}&internal=${internal ? 'on' : 'off'}`
      router.replace(mode === inForce ? path : `${path}?${wish}`, { scroll: false })
    })
  }
  const modeAct = useAct(changeMode, ({ listed }, { mode }) => {
    setSavedFrom(version)
    toast(`${MODE[mode]} is in force.`, {
      detail:
        listed > 0
          ? `${counted(listed, 'app')} in use ${listed === 1 ? 'was' : 'were'} put on the allowlist.`
          : undefined,
    })
    router.replace(path, { scroll: false })
  })
  const internalAct = useAct(approveInternal, ({ listed }, { isOn }) => {
    setSavedFrom(version)
    toast(isOn ? 'Internal apps are approved automatically.' : 'Internal apps need an entry from now on.', {
      detail:
        listed > 0
          ? `${counted(listed, 'internal app')} in use ${listed === 1 ? 'was' : 'were'} put on the allowlist.`
          : undefined,
    })
  })

  const isModeChanged = chosen !== inForce
  const isOn = isModeChanged ? isInternalAfter : (isInternalOn ?? props.internalAutoApproval)
  const isSwitchChanged = !isModeChanged && isOn !== props.internalAutoApproval
  const isListingOffered = isSwitchChanged && !isOn && props.unlistedInternal.count > 0
  const isDrawn = chosen === to && isInternalAfter === props.internalAfter
  const isSettling = savedFrom === version
  const save = () =>
    isModeChanged
      ? modeAct.run({
          mode: chosen,
          rootOrganizationId: organization.id,
          expectedFingerprint: props.fingerprint,
          internalAutoApproval: isOn,
        })
      : internalAct.run({
          rootOrganizationId: organization.id,
          isOn,
          expectedFingerprint: props.fingerprint || undefined,
          alsoListInUse: isListingOffered && alsoListInUse,
        })
  const cancel = () => {
    internalAct.reset()
    choose(inForce)
  }
  return (
    <div className="grid items-start gap-x-10 gap-y-8 lg:grid-cols-[minmax(18rem,21.25rem)_minmax(0,1fr)]">
      <div className="flex flex-col gap-5">
        <RadioGroup
          look="cards"
          name="mode"
          legend={<span className="text-section">Which apps may members authorize?</span>}
          value={chosen}
          onChange={(mode) => choose(mode as Mode)}
          options={(['unrestricted', 'restricted', 'closed'] as const).map((mode) => ({
            value: mode,
            label: MODE[mode],
            hint: MODE_HINT[mode],
            mark: mode === inForce && <Chip>In force</Chip>,
          }))}
        />
        {chosen === 'restricted' && (
          <InternalSwitch
            organizationName={organization.name}
            isOn={isOn}
            note={isModeChanged ? 'Those in use are listed either way.' : undefined}
            onChange={isModeChanged ? (on) => choose('restricted', on) : setInternalOn}
            unlisted={isListingOffered ? props.unlistedInternal : null}
            alsoListInUse={alsoListInUse}
            onAlsoListInUse={setAlsoListInUse}
          />
        )}
        <RefusalNotice refusal={internalAct.refusal} />
      </div>
      <div className="flex min-w-0 flex-col gap-4" aria-busy={isDrawing}>
        {modeAct.refusal?.code === 'conflict' ? (
          <Notice isAlert>
            <span className="font-medium text-ink">
              What this would do has changed meanwhile, so nothing was saved.
            </span>{' '}
            The numbers below are the new ones. Look at them, then save again.
          </Notice>
        ) : (
          <RefusalNotice refusal={modeAct.refusal} />
        )}
        {isDrawn ? props.children : <EffectSkeleton />}
      </div>
      <SaveBar
        isDirty={(isModeChanged || isSwitchChanged) && !isSettling}
        changes={
          isModeChanged
            ? becomes(inForce, chosen, isDrawn ? props : { listed: 0, closes: 0 })
            : internalBecomes(isOn)
        }
        pending={modeAct.pending || internalAct.pending}
        canSave={!isDrawing && isDrawn}
        onSave={save}
        onCancel={cancel}
      />
    </div>
  )
}

function becomes(from: Mode, to: Mode, { listed, closes }: Pick<Props, 'listed' | 'closes'>): string {
  const after = [
    ...(listed > 0
      ? [`${counted(listed, 'app')} in use ${listed === 1 ? 'is' : 'are'} put on the allowlist.`]
      : []),
    ...(closes > 0
      ? [
          `${counted(closes, 'request')} that ${closes === 1 ? 'waits is' : 'wait are'} closed, and people are told that they can go on.`,
        ]
      : []),
  ]
  const quiet =
    to === 'closed' ? 'What runs keeps running.' : 'You can switch back at any time; the list is kept.'
  return `${MODE[from]} becomes ${MODE[to]}. ${after.join(' ') || quiet}`
}

function internalBecomes(isOn: boolean): string {
  return isOn
    ? 'Internal apps will pass without an entry.'
    : 'Internal apps will need an entry. What runs keeps running.'
}

'use client'

import { counted } from '#components/connected-apps/app-words'
import { useSelection } from '#components/connected-apps/selection'
import { RefusalNotice } from '#components/forms/refusal-notice'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { disableSelected, enableSelected } from '../actions.ts'
import { BulkEffect } from './bulk-effect.tsx'
import { useBulkAct } from './use-bulk-act.ts'

const ACTS = {
  disable: { run: disableSelected, verb: 'Disable', done: 'disabled', unchanged: 'disabled already' },
  enable: { run: enableSelected, verb: 'Enable', done: 'enabled again', unchanged: 'enabled already' },
} as const

type Props = { act: keyof typeof ACTS; onClose: () => void }

/** Asks before many apps stop or go on everywhere. Nothing is lost: the other of the two brings them back. */
export default function BulkStateDialog({ act, onClose }: Props) {
  const { run, verb, done, unchanged } = ACTS[act]
  const { wire } = useSelection()
  const said = (apps: string) => `${apps} ${done}.`
  const { effect, refusal, pending, confirm } = useBulkAct(run, { selection: wire }, { said, onClose })
  const changed = effect?.changed ?? 0
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={effect ? `${verb} ${counted(changed, 'app')}?` : `${verb} the selected apps?`}
      confirm={effect ? `${verb} ${counted(changed, 'app')}` : verb}
      danger={act === 'disable'}
      pending={pending}
      isReady={changed > 0}
      onConfirm={confirm}
    >
      {(effect || !refusal) && (
        <BulkEffect
          effect={effect}
          unchanged={effect?.unchanged === 1 ? `is ${unchanged}` : `are ${unchanged}`}
        >
          {() => consequence(act, changed, effect?.usedToday ?? 0)}
        </BulkEffect>
      )}
      <div className="mt-3 empty:hidden">
        <RefusalNotice refusal={refusal} />
      </div>
    </ConfirmDialog>
  )
}

function consequence(act: keyof typeof ACTS, changed: number, usedToday: number): string {
  if (changed === 0) return 'None of them changes.'
  if (act === 'enable') return 'The tokens and authorizations that did not end meanwhile live again.'
  const used =
    usedToday === 0
      ? 'None of them was used within the last day.'
      : `${counted(usedToday, 'of them', 'of them')} ${usedToday === 1 ? 'was' : 'were'} used within the last day.`
  return `${used} They get no new tokens and the ones they have stop working, everywhere and at once. Nothing is lost: enable them, and they work again.`
}

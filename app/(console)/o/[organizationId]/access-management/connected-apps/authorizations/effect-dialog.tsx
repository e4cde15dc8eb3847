'use client'

import type { ReactNode } from 'react'
import { JwtsUntil } from '#components/connected-apps/jwts-until'
import { RefusalNotice } from '#components/forms/refusal-notice'
import type { Refused } from '#components/forms/use-act'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { EffectFigures, type Figure } from '#components/ui/facts'
import { Notice } from '#components/ui/notice'
import { Skeleton } from '#components/ui/skeleton'
import type { usePreview } from '../../../../../use-preview.ts'

type Props<Preview> = {
  title: string
  lead?: ReactNode
  /** The words of the last button: the act itself. */
  confirm: string
  danger?: boolean
  /** What the act would do, counted now. */
  asked: ReturnType<typeof usePreview<Preview>>
  figures: (preview: Preview) => Figure[]
  /** What else can be chosen, and what else is to be known. */
  notes?: ReactNode
  /** Why there is no way back, after “This can’t be undone.” Absent: there is one. */
  finality?: ReactNode
  isReady: boolean
  act: { pending: boolean; refusal: Refused | null }
  onConfirm: () => void
  onClose: () => void
  /** The consequence in a sentence or two. */
  children: ReactNode
}

/**
 * Asks before something stops or ends: the effect in numbers counted now, until when JWTs go on, and whether there is a way back. If
 * the facts changed meanwhile nothing is done, and it is asked anew with the new numbers.
 */
export function EffectDialog<Preview extends { jwtsUntil: Date | null }>(props: Props<Preview>) {
  const { asked, figures, notes, finality, isReady, act, onConfirm, onClose, children, ...head } = props
  const { preview, failure, isCounting, isAway } = asked
  const isOvertaken = act.refusal?.code === 'conflict'
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      {...head}
      isReady={isReady && !isCounting}
      pending={act.pending}
      onConfirm={onConfirm}
      details={
        <div className="flex flex-col gap-4">
          {isOvertaken && (
            <Notice isAlert>
              <span className="font-medium text-ink">{act.refusal?.sentence}</span>{' '}
              {isCounting ? 'It is being counted anew.' : !isAway && 'The numbers below are the new ones.'}
            </Notice>
          )}
          {failure ? (
            <Notice tone="bad">{failure}</Notice>
          ) : preview ? (
            <EffectFigures figures={figures(preview)} />
          ) : (
            <Skeleton className="h-20 w-full rounded-box" />
          )}
          {notes}
          <JwtsUntil at={preview?.jwtsUntil ?? null} />
          {finality && (
            <p>
              <strong className="font-medium text-bad">This can’t be undone.</strong> {finality}
            </p>
          )}
          {!isOvertaken && <RefusalNotice refusal={act.refusal} />}
        </div>
      }
    >
      {children}
    </ConfirmDialog>
  )
}

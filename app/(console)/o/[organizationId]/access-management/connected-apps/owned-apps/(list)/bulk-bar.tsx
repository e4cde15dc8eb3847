'use client'

import { CirclePause, CirclePlay, RefreshCw, UserCog } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { counted } from '#components/connected-apps/app-words'
import { useSelection } from '#components/connected-apps/selection'
import { Button, ButtonLink } from '#components/ui/button'
import { countText } from '#lib/base/bounded-count'
import { chosenHref, keepChoice } from '../rotation/kept-choice.ts'

const StateDialog = dynamic(() => import('./bulk-state-dialog.tsx'), { ssr: false })
const OwnerDialog = dynamic(() => import('./bulk-owner-dialog.tsx'), { ssr: false })

type Props = {
  organizationId: string
  /** How many match on all pages, counted to a bound. */
  total: number
  mayDisable: boolean
  mayChangeOwner: boolean
  mayRotate: boolean
  /** Where secrets are rotated, and where those of all that match are. */
  rotatePath: string
  rotateAllHref: string
}

/** At the foot of the page once apps are chosen: how many, and what can be done with all of them at once. */
export function BulkBar({
  organizationId,
  total,
  mayDisable,
  mayChangeOwner,
  mayRotate,
  rotatePath,
  rotateAllHref,
}: Props) {
  const { count, isAll, shown, ids, chooseAll, clear } = useSelection()
  const [dialog, setDialog] = useState<'disable' | 'enable' | 'owner' | null>(null)
  if (count === 0) return null
  const areAllShown = !isAll && shown.every((id) => ids.has(id)) && total > ids.size
  const close = () => setDialog(null)
  return (
    <section
      data-save-bar
      aria-label="Selected apps"
      className="fixed right-0 bottom-(--foot-height,0px) left-(--side-width,0px) z-10 flex min-h-14 flex-wrap items-center gap-x-4 gap-y-2 border-t border-line bg-surface px-4 py-3 sm:px-8"
    >
      <p role="status" className="flex min-w-0 flex-1 basis-60 flex-wrap items-center gap-x-2">
        <span className="font-medium">
          {isAll ? `All ${countText(total)} that match` : counted(count, 'app')} selected
        </span>
        {areAllShown && (
          <Button size="small" variant="quiet" onClick={chooseAll}>
            Select all {countText(total)} that match
          </Button>
        )}
      </p>
      <div className="flex flex-wrap gap-2 max-sm:w-full max-sm:*:h-11 max-sm:*:flex-1">
        {mayRotate && (
          <ButtonLink
            href={isAll ? rotateAllHref : chosenHref(rotatePath, [...ids])}
            prefetch={false}
            icon={<RefreshCw aria-hidden />}
            onClick={() => keepChoice(organizationId, [...ids])}
          >
            Rotate secrets…
          </ButtonLink>
        )}
        {mayChangeOwner && (
          <Button icon={<UserCog aria-hidden />} onClick={() => setDialog('owner')}>
            Change owner…
          </Button>
        )}
        {mayDisable && (
          <>
            <Button icon={<CirclePlay aria-hidden />} onClick={() => setDialog('enable')}>
              Enable…
            </Button>
            <Button icon={<CirclePause aria-hidden />} onClick={() => setDialog('disable')}>
              Disable…
            </Button>
          </>
        )}
        <Button variant="quiet" onClick={clear}>
          Clear
        </Button>
      </div>
      {(dialog === 'disable' || dialog === 'enable') && <StateDialog act={dialog} onClose={close} />}
      {dialog === 'owner' && <OwnerDialog organizationId={organizationId} onClose={close} />}
    </section>
  )
}

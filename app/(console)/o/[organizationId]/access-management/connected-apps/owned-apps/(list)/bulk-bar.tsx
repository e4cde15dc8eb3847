'use client'

import { CirclePause, CirclePlay, RefreshCw, UserCog } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { useSelection } from '#components/connected-apps/selection'
import { SelectionBar } from '#components/connected-apps/selection-bar'
import { Button, ButtonLink } from '#components/ui/button'
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

/** Once apps are chosen: what can be done with all of them at once. */
export function BulkBar({
  organizationId,
  total,
  mayDisable,
  mayChangeOwner,
  mayRotate,
  rotatePath,
  rotateAllHref,
}: Props) {
  const { count, isAll, ids } = useSelection()
  const [dialog, setDialog] = useState<'disable' | 'enable' | 'owner' | null>(null)
  if (count === 0) return null
  const close = () => setDialog(null)
  return (
    <>
      <SelectionBar total={total}>
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
      </SelectionBar>
      {(dialog === 'disable' || dialog === 'enable') && <StateDialog act={dialog} onClose={close} />}
      {dialog === 'owner' && <OwnerDialog organizationId={organizationId} onClose={close} />}
    </>
  )
}

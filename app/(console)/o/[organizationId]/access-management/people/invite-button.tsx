'use client'

import { UserPlus } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { Button } from '#components/ui/button'
import type { Id } from '#lib/base/ids'
import type { PlaceToGive } from './places-to-give.ts'

const InviteDialog = dynamic(() => import('./invite-dialog.tsx'), { ssr: false })
const AddColleagueDialog = dynamic(() => import('./add-colleague-dialog.tsx'), { ssr: false })

export type Here = { id: Id<'organization'>; name: string; rootName: string }

type Props = { organization: Here; places: PlaceToGive[]; mayInvite: boolean; isRoot: boolean }

/**
 * How somebody gets a place here: by an invitation, which administrators of the root organization send; in a business
 * group also straight away, where they are in the organization already.
 */
export function InviteButton({ organization, places, mayInvite, isRoot }: Props) {
  const [dialog, setDialog] = useState<'invite' | 'add' | null>(null)
  const close = () => setDialog(null)
  return (
    <>
      {!isRoot && (
        <Button
          variant={mayInvite ? 'secondary' : 'primary'}
          icon={<UserPlus aria-hidden />}
          onClick={() => setDialog('add')}
        >
          Add colleague
        </Button>
      )}
      {mayInvite && (
        <Button variant="primary" icon={<UserPlus aria-hidden />} onClick={() => setDialog('invite')}>
          Invite people
        </Button>
      )}
      {dialog === 'invite' && <InviteDialog places={places} onClose={close} />}
      {dialog === 'add' && <AddColleagueDialog organization={organization} places={places} onClose={close} />}
    </>
  )
}

'use client'

import { UserCog, UserMinus } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { Menu, type MenuEntry } from '#components/ui/menu'
import type { Id } from '#lib/base/ids'
import type { Role } from '../role-fields.tsx'

const RoleDialog = dynamic(() => import('./role-dialog.tsx'), { ssr: false })
const RemoveDialog = dynamic(() => import('../remove-dialog.tsx'), { ssr: false })

export type HeldPlace = {
  id: Id<'organization'>
  name: string
  isRoot: boolean
  role: Role
  appsMax: number | null
}
type Props = {
  person: { id: Id<'user'>; name: string }
  place: HeldPlace
  mayChange: boolean
  mayRemove: boolean
}

/** What can be done about one place. */
export function PlaceMenu({ person, place, mayChange, mayRemove }: Props) {
  const [dialog, setDialog] = useState<'role' | 'remove' | null>(null)
  const close = () => setDialog(null)
  const entries: MenuEntry[] = []
  if (mayChange)
    entries.push({
      label: 'Change role…',
      icon: <UserCog aria-hidden />,
      onSelect: () => setDialog('role'),
    })
  if (mayRemove)
    entries.push({
      label: `Remove from ${place.name}…`,
      icon: <UserMinus aria-hidden />,
      danger: true,
      onSelect: () => setDialog('remove'),
    })
  if (entries.length === 0) return null
  return (
    <>
      <Menu label={`More actions for the place in ${place.name}`} entries={entries} />
      {dialog === 'role' && <RoleDialog person={person} place={place} onClose={close} />}
      {dialog === 'remove' && <RemoveDialog person={person} organization={place} onClose={close} />}
    </>
  )
}

'use client'

import {
  CirclePause,
  CirclePlay,
  Ellipsis,
  KeySquare,
  LogOut,
  Mail,
  Plus,
  Trash2,
  UserMinus,
} from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { useAct } from '#components/forms/use-act'
import { Button } from '#components/ui/button'
import { IconButton } from '#components/ui/icon-button'
import { Menu, type MenuEntry } from '#components/ui/menu'
import { toast } from '#components/ui/toast'
import type { Id } from '#lib/base/ids'
import type { PersonState } from '#lib/domain/people/schema'
import { peoplePath } from '../../../paths.ts'
import { reactivate } from '../actions.ts'
import type { PlaceToGive } from '../places-to-give.ts'

const GivePlaceDialog = dynamic(() => import('./give-place-dialog.tsx'), { ssr: false })
const RemoveDialog = dynamic(() => import('../remove-dialog.tsx'), { ssr: false })
const PasswordLinkDialog = dynamic(() => import('./password-link-dialog.tsx'), { ssr: false })
const EndSessionsDialog = dynamic(() => import('./end-sessions-dialog.tsx'), { ssr: false })
const DeactivateDialog = dynamic(() => import('./deactivate-dialog.tsx'), { ssr: false })
const DeleteAccountDialog = dynamic(() => import('./delete-account-dialog.tsx'), { ssr: false })
const TransferDialog = dynamic(() => import('./transfer-dialog.tsx'), { ssr: false })

export type PersonActedOn = {
  id: Id<'user'>
  name: string
  username: string
  state: PersonState
  sessions: number | null
}
type Named = { id: Id<'organization'>; name: string }

type Props = {
  person: PersonActedOn
  /** Where one looks at them from. */
  organization: Named & { isRoot: boolean }
  root: Named
  /** Where they have no place yet. */
  places: PlaceToGive[]
  mayRemove: boolean
  accountAbilities: readonly string[]
  mayBecomeOwner: boolean
}
type Asked = 'place' | 'remove' | 'password' | 'sessions' | 'deactivate' | 'delete' | 'transfer'

/** What can be done about a person: only what one may. */
export function PersonActs(props: Props) {
  const { person, organization, root, places } = props
  const [asked, setAsked] = useState<Asked | null>(null)
  const { run } = useAct(reactivate, () => toast(`${person.name} can sign in again.`))
  const close = () => setAsked(null)
  const entries = entriesFor(props, setAsked, () => run({ userId: person.id }))
  const label = `More actions for ${person.name}`
  return (
    <>
      {places.length > 0 && (
        <Button icon={<Plus aria-hidden />} onClick={() => setAsked('place')}>
          Give a place
        </Button>
      )}
      {entries.length > 0 && (
        <Menu
          label={label}
          entries={entries}
          trigger={<IconButton label={label} icon={<Ellipsis aria-hidden />} boxed tooltip={false} />}
        />
      )}
      {asked === 'place' && <GivePlaceDialog person={person} places={places} onClose={close} />}
      {asked === 'remove' && (
        <RemoveDialog
          person={person}
          organization={organization}
          afterHref={peoplePath(organization.id)}
          onClose={close}
        />
      )}
      {asked === 'password' && <PasswordLinkDialog person={person} onClose={close} />}
      {asked === 'sessions' && <EndSessionsDialog person={person} onClose={close} />}
      {asked === 'deactivate' && <DeactivateDialog person={person} onClose={close} />}
      {asked === 'delete' && (
        <DeleteAccountDialog person={person} afterHref={peoplePath(organization.id)} onClose={close} />
      )}
      {asked === 'transfer' && <TransferDialog person={person} root={root} onClose={close} />}
    </>
  )
}

function entriesFor(
  { person, organization, accountAbilities, mayRemove, mayBecomeOwner }: Props,
  ask: (asked: Asked) => void,
  reactivateNow: () => void,
): MenuEntry[] {
  const may = (permission: string) => accountAbilities.includes(permission)
  const entries: MenuEntry[] = []
  if (mayBecomeOwner) {
    entries.push({
      label: 'Hand over ownership…',
      icon: <KeySquare aria-hidden />,
      onSelect: () => ask('transfer'),
    })
  }
  if (may('users.send-password-reset') && person.state !== 'deactivated') {
    entries.push({
      label: 'Send a password link…',
      icon: <Mail aria-hidden />,
      onSelect: () => ask('password'),
    })
  }
  if (may('users.end-sessions') && person.sessions) {
    entries.push({
      label: 'Sign out everywhere…',
      icon: <LogOut aria-hidden />,
      onSelect: () => ask('sessions'),
    })
  }
  if (may('users.deactivate')) {
    entries.push(
      person.state === 'deactivated'
        ? { label: 'Reactivate account', icon: <CirclePlay aria-hidden />, onSelect: reactivateNow }
        : {
            label: 'Deactivate account…',
            icon: <CirclePause aria-hidden />,
            onSelect: () => ask('deactivate'),
          },
    )
  }
  const grave: MenuEntry[] = []
  if (mayRemove) {
    const label = `Remove from ${organization.name}…`
    grave.push({ label, icon: <UserMinus aria-hidden />, danger: true, onSelect: () => ask('remove') })
  }
  if (may('users.delete')) {
    grave.push({
      label: 'Delete account…',
      icon: <Trash2 aria-hidden />,
      danger: true,
      onSelect: () => ask('delete'),
    })
  }
  return entries.length > 0 && grave.length > 0 ? [...entries, 'separator', ...grave] : [...entries, ...grave]
}

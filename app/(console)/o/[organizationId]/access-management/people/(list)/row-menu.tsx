'use client'

import { Copy, UserMinus, UserRound } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { Menu, type MenuEntry } from '#components/ui/menu'
import { toast } from '#components/ui/toast'
import type { Id } from '#lib/base/ids'

const RemoveDialog = dynamic(() => import('../remove-dialog.tsx'), { ssr: false })

type Props = {
  person: { id: Id<'user'>; name: string; email: string }
  organization: { id: Id<'organization'>; name: string; isRoot: boolean }
  href: string
  mayRemove: boolean
}

/** The … of a row: only what the person may do. What concerns one place or the account stands on the person's page. */
export function RowMenu({ person, organization, href, mayRemove }: Props) {
  const [isRemoving, setRemoving] = useState(false)
  const entries: MenuEntry[] = [
    { label: 'Open', icon: <UserRound aria-hidden />, href },
    {
      label: 'Copy e-mail address',
      icon: <Copy aria-hidden />,
      shortcut: 'C',
      onSelect: () => copyAddress(person),
    },
  ]
  if (mayRemove) {
    const label = `Remove from ${organization.name}…`
    const onSelect = () => setRemoving(true)
    entries.push('separator', { label, icon: <UserMinus aria-hidden />, danger: true, onSelect })
  }
  return (
    <>
      <Menu label={`More actions for ${person.name}`} entries={entries} />
      {isRemoving && (
        <RemoveDialog person={person} organization={organization} onClose={() => setRemoving(false)} />
      )}
    </>
  )
}

async function copyAddress({ name, email }: Props['person']) {
  try {
    await navigator.clipboard.writeText(email)
    toast(`The e-mail address of ${name} is copied.`)
  } catch {
    toast('Could not copy.', { detail: `Copy it by hand: ${email}`, kind: 'failed' })
  }
}

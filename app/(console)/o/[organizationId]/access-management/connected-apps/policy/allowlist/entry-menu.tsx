'use client'

import { CircleMinus, Copy, ListPlus, PanelRight } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { Menu, type MenuEntry } from '#components/ui/menu'
import { toast } from '#components/ui/toast'
import type { Id } from '#lib/base/ids'
import { allowMoreHref } from '../../../../paths.ts'

const RemoveEntryDialog = dynamic(() => import('./remove-entry-dialog.tsx'), { ssr: false })

type Props = {
  app: { id: Id<'app'>; name: string; clientId: string }
  organizationId: Id<'organization'>
  href: string
  mayGrow: boolean
}

/** The … of an entry. */
export function EntryMenu({ app, organizationId, href, mayGrow }: Props) {
  const [isRemoving, setRemoving] = useState(false)
  const entries: MenuEntry[] = [
    { label: 'Show details', icon: <PanelRight aria-hidden />, href },
    { label: 'Copy client ID', icon: <Copy aria-hidden />, shortcut: 'C', onSelect: () => copyId(app) },
  ]
  if (mayGrow)
    entries.push({
      label: 'Allow more…',
      icon: <ListPlus aria-hidden />,
      href: allowMoreHref(organizationId, app.clientId),
    })
  entries.push('separator', {
    label: 'Remove from the allowlist…',
    icon: <CircleMinus aria-hidden />,
    danger: true,
    onSelect: () => setRemoving(true),
  })
  return (
    <>
      <Menu label={`More actions for ${app.name}`} entries={entries} />
      {isRemoving && (
        <RemoveEntryDialog app={app} organizationId={organizationId} onClose={() => setRemoving(false)} />
      )}
    </>
  )
}

async function copyId({ name, clientId }: Props['app']) {
  try {
    await navigator.clipboard.writeText(clientId)
    toast(`The client ID of ${name} is copied.`)
  } catch {
    toast('Could not copy.', { detail: `Copy it by hand: ${clientId}`, kind: 'failed' })
  }
}

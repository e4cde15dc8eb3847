'use client'

import {
  BellOff,
  CirclePause,
  CirclePlay,
  Copy,
  RefreshCw,
  SlidersHorizontal,
  Trash2,
  UserCog,
} from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { useAct } from '#components/forms/use-act'
import { Menu, type MenuEntry } from '#components/ui/menu'
import { toast } from '#components/ui/toast'
import type { Id } from '#lib/base/ids'
import type { MarkCause } from '#lib/domain/connected-apps/mark-causes'
import { enable } from '../actions.ts'

const DisableDialog = dynamic(() => import('../disable-dialog.tsx'), { ssr: false })
const DismissMarkDialog = dynamic(() => import('../dismiss-mark-dialog.tsx'), { ssr: false })
const DeleteDialog = dynamic(() => import('../delete-dialog.tsx'), { ssr: false })

type Props = {
  app: { id: Id<'app'>; name: string; clientId: string }
  href: string
  isDisabled: boolean
  isMarked: boolean
  markedBecause: MarkCause | null
  mayRotate: boolean
  mayChangeOwner: boolean
  mayDisable: boolean
  mayDelete: boolean
}

/** The … of a row: only what the person may do. */
export function RowMenu({
  app,
  href,
  isDisabled,
  isMarked,
  markedBecause,
  mayRotate,
  mayChangeOwner,
  mayDisable,
  mayDelete,
}: Props) {
  const [dialog, setDialog] = useState<'disable' | 'delete' | 'dismiss' | null>(null)
  const enabling = useAct(enable, () => toast(`${app.name} is enabled again.`))
  const close = () => setDialog(null)
  const entries: MenuEntry[] = [
    { label: 'Open', icon: <SlidersHorizontal aria-hidden />, shortcut: '↵', href },
    { label: 'Copy client ID', icon: <Copy aria-hidden />, shortcut: 'C', onSelect: () => copyId(app) },
  ]
  if (mayRotate) {
    const rotateHref = `${href}/credentials?rotate=now`
    entries.push({
      label: 'Rotate secret…',
      icon: <RefreshCw aria-hidden />,
      shortcut: 'R',
      href: rotateHref,
    })
  }
  if (mayRotate && isMarked) {
    const onSelect = () => setDialog('dismiss')
    entries.push({ label: 'Dismiss the mark…', icon: <BellOff aria-hidden />, onSelect })
  }
  if (mayChangeOwner)
    entries.push({
      label: 'Change owner…',
      icon: <UserCog aria-hidden />,
      href: `${href}?owner=change#owner`,
    })
  if (mayDisable || mayDelete) entries.push('separator')
  if (mayDisable && isDisabled) {
    const onSelect = () => enabling.run({ appId: app.id })
    entries.push({ label: 'Enable', icon: <CirclePlay aria-hidden />, onSelect })
  }
  if (mayDisable && !isDisabled) {
    const onSelect = () => setDialog('disable')
    entries.push({ label: 'Disable…', icon: <CirclePause aria-hidden />, onSelect })
  }
  if (mayDelete) {
    const onSelect = () => setDialog('delete')
    entries.push({ label: 'Delete…', icon: <Trash2 aria-hidden />, danger: true, onSelect })
  }
  return (
    <>
      <Menu label={`More actions for ${app.name}`} entries={entries} />
      {dialog === 'disable' && <DisableDialog app={app} onClose={close} />}
      {dialog === 'dismiss' && <DismissMarkDialog app={app} because={markedBecause} onClose={close} />}
      {dialog === 'delete' && <DeleteDialog app={app} onClose={close} />}
    </>
  )
}

async function copyId({ name, clientId }: { name: string; clientId: string }) {
  try {
    await navigator.clipboard.writeText(clientId)
    toast(`The client ID of ${name} is copied.`)
  } catch {
    toast('Could not copy.', { detail: `Copy it by hand: ${clientId}`, kind: 'failed' })
  }
}

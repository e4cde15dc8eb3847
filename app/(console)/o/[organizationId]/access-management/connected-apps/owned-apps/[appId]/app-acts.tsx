'use client'

import { CirclePause, CirclePlay, CornerDownRight, Ellipsis, Network, ScanEye, Trash2 } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { useAct } from '#components/forms/use-act'
import { IconButton } from '#components/ui/icon-button'
import { Menu, type MenuEntry } from '#components/ui/menu'
import { toast } from '#components/ui/toast'
import { enable, letIntrospect } from '../actions.ts'
import type { MovableApp } from './move-dialog.tsx'

const MoveDialog = dynamic(() => import('./move-dialog.tsx'), { ssr: false })
const DisableDialog = dynamic(() => import('../disable-dialog.tsx'), { ssr: false })
const IntrospectionDialog = dynamic(() => import('./introspection-dialog.tsx'), { ssr: false })
const NetworksDialog = dynamic(() => import('../../networks-dialog.tsx'), { ssr: false })
const DeleteDialog = dynamic(() => import('../delete-dialog.tsx'), { ssr: false })

type Props = {
  app: MovableApp
  usage: { organizations: number; people: number }
  isDisabled: boolean
  introspects: boolean
  mayLetIntrospect: boolean
  mayLimitNetworks: boolean
  mayMove: boolean
  mayDisable: boolean
  mayDelete: boolean
  listHref: string
}

/** What stops an app, or lets it go on, and what an administrator may trust it with. */
export function AppActs(props: Props) {
  const { app, usage, isDisabled, mayDisable, mayDelete, listHref } = props
  const [dialog, setDialog] = useState<'introspection' | 'networks' | 'move' | 'disable' | 'delete' | null>(
    null,
  )
  const ending = useAct(letIntrospect, () => toast(`${app.name} sees only its own tokens again.`))
  const enabling = useAct(enable, () => toast(`${app.name} is enabled again.`))
  const close = () => setDialog(null)
  const entries: MenuEntry[] = []
  if (props.mayLetIntrospect) {
    const icon = <ScanEye aria-hidden />
    entries.push(
      props.introspects
        ? { label: 'Stop introspecting', icon, onSelect: () => ending.run({ appId: app.id, isOn: false }) }
        : { label: 'Let it introspect…', icon, onSelect: () => setDialog('introspection') },
    )
  }
  if (props.mayLimitNetworks) {
    const onSelect = () => setDialog('networks')
    entries.push({ label: 'Networks…', icon: <Network aria-hidden />, onSelect })
  }
  if (props.mayMove) {
    const onSelect = () => setDialog('move')
    entries.push({ label: 'Move…', icon: <CornerDownRight aria-hidden />, onSelect })
  }
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
  if (entries.length === 0) return null
  const label = `More actions for ${app.name}`
  return (
    <>
      <Menu
        label={label}
        entries={entries}
        trigger={<IconButton label={label} icon={<Ellipsis aria-hidden />} boxed tooltip={false} />}
      />
      {dialog === 'introspection' && <IntrospectionDialog app={app} onClose={close} />}
      {dialog === 'networks' && (
        <NetworksDialog app={app} organizationId={app.rootOrganizationId} onClose={close} />
      )}
      {dialog === 'move' && <MoveDialog app={app} onClose={close} />}
      {dialog === 'disable' && <DisableDialog app={app} usage={usage} onClose={close} />}
      {dialog === 'delete' && <DeleteDialog app={app} usage={usage} afterHref={listHref} onClose={close} />}
    </>
  )
}

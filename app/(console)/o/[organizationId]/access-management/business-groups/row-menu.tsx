'use client'

import { CornerDownRight, FolderPlus, LayoutGrid, Pencil, Settings, Trash2 } from 'lucide-react'
import { Menu, type MenuEntry } from '#components/ui/menu'
import type { BranchNode } from '#lib/domain/organizations/list-business-groups'
import { ownedAppsPath, settingsPath } from '../../paths.ts'
import { useGroupActs } from './group-acts.tsx'

/** The … of a row: only what the person may do. */
export function RowMenu({ node }: { node: BranchNode }) {
  const { ask } = useGroupActs()
  const entries: MenuEntry[] = [
    { label: 'Owned Apps', icon: <LayoutGrid aria-hidden />, href: ownedAppsPath(node.id) },
    { label: 'Settings', icon: <Settings aria-hidden />, href: settingsPath(node.id) },
  ]
  if (node.mayCreateBelow || node.mayMove) entries.push('separator')
  if (node.mayCreateBelow) {
    const onSelect = () => ask({ kind: 'create', id: node.id })
    entries.push({ label: 'Create business group here…', icon: <FolderPlus aria-hidden />, onSelect })
  }
  if (node.mayRename && node.parentId !== null) {
    const onSelect = () => ask({ kind: 'rename', id: node.id })
    entries.push({ label: 'Rename…', icon: <Pencil aria-hidden />, shortcut: 'R', onSelect })
  }
  if (node.mayMove) {
    const onSelect = () => ask({ kind: 'move', id: node.id })
    entries.push({ label: 'Move…', icon: <CornerDownRight aria-hidden />, shortcut: 'M', onSelect })
  }
  if (node.mayDelete) {
    const onSelect = () => ask({ kind: 'delete', id: node.id })
    entries.push('separator', { label: 'Delete…', icon: <Trash2 aria-hidden />, danger: true, onSelect })
  }
  return <Menu label={`More actions for ${node.name}`} entries={entries} />
}

'use client'

import { Ellipsis } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { IconButton } from './icon-button.tsx'
import { onDemand, useOnDemand } from './on-demand.ts'
import { useIntent } from './use-intent.ts'

const menuOpen = onDemand(() => import('./menu-open.tsx').then((file) => file.MenuOpen))

/** A line of a menu. `shortcut` is one letter that chooses it while the menu is open. */
export type MenuEntry =
  | 'separator'
  | {
      label: string
      icon?: ReactNode
      hint?: ReactNode
      shortcut?: string
      /** Red: opens what cannot be undone. */
      danger?: boolean
      disabled?: boolean
      /** Where the person is already. */
      current?: boolean
      /** Goes there … */
      href?: string
      /** … or does this. */
      onSelect?: () => void
      /** Presses the submit button of the form with this id. */
      form?: string
    }

export type MenuProps = {
  /** Names the trigger where it has no words: “More actions for Ledgerline Sync”. */
  label: string
  entries: MenuEntry[]
  /** Instead of the three dots: a Button or any element that takes button props. */
  trigger?: ReactElement
  align?: 'start' | 'end'
  side?: 'top' | 'bottom'
  /** Above the entries. */
  head?: ReactNode
  className?: string
}

/**
 * The … menu of a row, or any menu of acts. Arrow keys, Escape and typing work as people expect.
 * What draws it is fetched when a pointer or the focus comes near, so that a list of rows costs nothing.
 */
export function Menu(props: MenuProps) {
  const trigger = props.trigger ?? (
    <IconButton label={props.label} icon={<Ellipsis aria-hidden />} tooltip={false} size="small" />
  )
  const { openedBy, waiting } = useIntent(trigger, menuOpen.preload)
  const MenuOpen = useOnDemand(menuOpen)
  if (!openedBy || !MenuOpen) return waiting
  return <MenuOpen {...props} trigger={trigger} openedBy={openedBy} />
}

'use client'

import { Ban, PanelRight, Snowflake, Sun, Trash2 } from 'lucide-react'
import { Menu, type MenuEntry } from '#components/ui/menu'
import { type ActedOn, useActs } from './acts.tsx'

/** The … of a row. */
export function RowMenu({ app, href }: { app: ActedOn; href: string }) {
  const { ask, lift } = useActs()
  const remove: MenuEntry = {
    label: 'Remove…',
    icon: <Trash2 aria-hidden />,
    danger: true,
    onSelect: () => ask({ kind: 'remove', app }),
  }
  return (
    <Menu
      label={`More actions for ${app.name}`}
      entries={[
        { label: 'Show details', icon: <PanelRight aria-hidden />, href },
        'separator',
        app.isFrozen
          ? { label: 'Unfreeze', icon: <Sun aria-hidden />, onSelect: () => lift('freeze', app) }
          : {
              label: 'Freeze…',
              icon: <Snowflake aria-hidden />,
              onSelect: () => ask({ kind: 'freeze', app }),
            },
        {
          label: 'Block…',
          icon: <Ban aria-hidden />,
          danger: true,
          onSelect: () => ask({ kind: 'block', app }),
        },
        // One that is only frozen holds nothing that could be removed.
        ...(app.people > 0 ? [remove] : []),
      ]}
    />
  )
}

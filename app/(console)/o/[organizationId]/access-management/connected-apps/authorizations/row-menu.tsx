'use client'

import { Ban, PanelRight, Snowflake, Sun, Trash2 } from 'lucide-react'
import { Menu } from '#components/ui/menu'
import { type ActedOn, useActs } from './acts.tsx'

/** The … of a row. */
export function RowMenu({ app, href, isFrozen }: { app: ActedOn; href: string; isFrozen: boolean }) {
  const { ask, lift } = useActs()
  return (
    <Menu
      label={`More actions for ${app.name}`}
      entries={[
        { label: 'Show details', icon: <PanelRight aria-hidden />, href },
        'separator',
        isFrozen
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
        {
          label: 'Remove…',
          icon: <Trash2 aria-hidden />,
          danger: true,
          onSelect: () => ask({ kind: 'remove', app }),
        },
      ]}
    />
  )
}

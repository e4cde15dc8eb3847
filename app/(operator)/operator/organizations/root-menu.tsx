'use client'

import { CirclePause, CirclePlay, Gauge } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { useAct } from '#components/forms/use-act'
import { Menu } from '#components/ui/menu'
import { toast } from '#components/ui/toast'
import type { Root } from '#lib/domain/organizations/list-roots'
import { resume } from './actions.ts'

const SuspendDialog = dynamic(() => import('./suspend-dialog.tsx'), { ssr: false })
const LimitDialog = dynamic(() => import('./limit-dialog.tsx'), { ssr: false })

export type ActedOnRoot = Pick<Root, 'id' | 'name' | 'people' | 'apps' | 'appsMax'>

/** The … of a root organization. */
export function RootMenu({ root, isSuspended }: { root: ActedOnRoot; isSuspended: boolean }) {
  const [dialog, setDialog] = useState<'suspend' | 'limit' | null>(null)
  const resuming = useAct(resume, () => toast(`${root.name} is resumed. Everything works there again.`))
  const close = () => setDialog(null)
  return (
    <>
      <Menu
        label={`More actions for ${root.name}`}
        entries={[
          {
            label: 'Limit of apps…',
            icon: <Gauge aria-hidden />,
            onSelect: () => setDialog('limit'),
          },
          'separator',
          isSuspended
            ? {
                label: 'Resume',
                icon: <CirclePlay aria-hidden />,
                onSelect: () =>
                  resuming.run(
                    { rootOrganizationId: root.id },
                    {
                      onSuccess: (answer) => !answer.ok && toast(answer.refusal.sentence, { kind: 'failed' }),
                    },
                  ),
              }
            : {
                label: 'Suspend…',
                icon: <CirclePause aria-hidden />,
                danger: true,
                onSelect: () => setDialog('suspend'),
              },
        ]}
      />
      {dialog === 'suspend' && <SuspendDialog root={root} onClose={close} />}
      {dialog === 'limit' && <LimitDialog root={root} onClose={close} />}
    </>
  )
}

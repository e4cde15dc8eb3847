'use client'

import { Pencil, Plus, Trash2 } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { counted } from '#components/connected-apps/app-words'
import { Button } from '#components/ui/button'
import { Chip } from '#components/ui/chip'
import { Menu } from '#components/ui/menu'
import { LineList, Section } from '#components/ui/section'
import type { Id } from '#lib/base/ids'
import type { OrganizationSettings } from '#lib/domain/organizations/get-settings'
import { KIND } from './environment-words.ts'

const EnvironmentDialog = dynamic(() => import('./environment-dialog.tsx'), { ssr: false })
const EndDialog = dynamic(() => import('./end-dialog.tsx'), { ssr: false })

export type Environment = OrganizationSettings['environments'][number]
type Props = { organizationId: Id<'organization'>; environments: Environment[] }
type Asked = { kind: 'create' } | { kind: 'change' | 'end'; environment: Environment }

/** The labels that scopes of apps acting for themselves may be limited to. */
export function Environments({ organizationId, environments }: Props) {
  const [asked, setAsked] = useState<Asked | null>(null)
  const close = () => setAsked(null)
  return (
    <Section
      title="Environments"
      hint="Scopes may be limited to one."
      acts={
        <Button size="small" icon={<Plus aria-hidden />} onClick={() => setAsked({ kind: 'create' })}>
          Create
        </Button>
      }
    >
      {environments.length === 0 ? (
        <p className="text-muted">None yet. Create one when an API tells Production from Sandbox.</p>
      ) : (
        <LineList label="Environments">
          {environments.map((environment) => (
            <li key={environment.id}>
              <span className="min-w-0 truncate font-medium">{environment.name}</span>
              {environment.name !== KIND[environment.kind] && <Chip outline>{KIND[environment.kind]}</Chip>}
              <span className="ml-auto text-meta whitespace-nowrap text-muted">
                {environment.apps > 0 && counted(environment.apps, 'app')}
              </span>
              <Menu
                label={`More actions for ${environment.name}`}
                entries={[
                  {
                    label: 'Edit…',
                    icon: <Pencil aria-hidden />,
                    onSelect: () => setAsked({ kind: 'change', environment }),
                  },
                  'separator',
                  {
                    label: 'End…',
                    icon: <Trash2 aria-hidden />,
                    danger: true,
                    onSelect: () => setAsked({ kind: 'end', environment }),
                  },
                ]}
              />
            </li>
          ))}
        </LineList>
      )}
      {asked?.kind === 'create' && <EnvironmentDialog organizationId={organizationId} onClose={close} />}
      {asked?.kind === 'change' && (
        <EnvironmentDialog organizationId={organizationId} environment={asked.environment} onClose={close} />
      )}
      {asked?.kind === 'end' && <EndDialog environment={asked.environment} onClose={close} />}
    </Section>
  )
}

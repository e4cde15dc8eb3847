import { Lock } from 'lucide-react'
import { ButtonLink } from '#components/ui/button'
import { Notice } from '#components/ui/notice'
import type { OrganizationDetails } from '#lib/domain/organizations/get-organization'
import { settingsPath } from '../../../../paths.ts'

/** For somebody whose role would let them create apps here, and whom the root organization's rule keeps from it. */
export function CreationClosed({ organization }: { organization: OrganizationDetails }) {
  const { id, root, abilities, appCreation } = organization
  if (!abilities.includes('connected-apps.create') || appCreation.isOpen) return null
  const mayReopen = id === root.id && abilities.includes('organizations.change-rules')
  return (
    <Notice
      tone="neutral"
      icon={<Lock aria-hidden />}
      acts={
        mayReopen && (
          <ButtonLink size="small" href={settingsPath(id)}>
            Settings
          </ButtonLink>
        )
      }
    >
      <span className="font-medium text-ink">
        {appCreation.rule === 'nobody'
          ? `${root.name} has closed the creation of apps.`
          : `In ${root.name} only administrators create apps.`}
      </span>{' '}
      Those it has go on as they are.
    </Notice>
  )
}

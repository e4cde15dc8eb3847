import { Download } from 'lucide-react'
import type { Metadata } from 'next'
import { Breadcrumb } from '#components/ui/breadcrumb'
import { ButtonLink } from '#components/ui/button'
import type { Id } from '#lib/base/ids'
import { getRemoval } from '#lib/domain/installations/get-removal'
import { requireActor } from '#lib/gateways/console/actor'
import { shown } from '#lib/gateways/console/refuse'
import { urlWith } from '../../../../../../../url-query.ts'
import { authorizationsPath, removalPath } from '../../../../../paths.ts'
import { removalTitle } from '../../removal-words.ts'
import { RemovalPanel } from './removal-panel.tsx'

export const metadata: Metadata = { title: 'Receipt' }

type Props = { params: Promise<{ organizationId: Id<'organization'>; removalId: Id<'removal'> }> }

/** The receipt of a removal, to be read at any time later. */
export default async function RemovalPage({ params }: Props) {
  const { organizationId, removalId } = await params
  const path = removalPath(organizationId, removalId)
  const actor = await requireActor(path)
  const removal = await shown(getRemoval(actor, { rootOrganizationId: organizationId, removalId }))
  const file = `/api/v1/organizations/${organizationId}/removals/${removalId}`
  return (
    <article className="flex max-w-3xl flex-col gap-5">
      <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <div>
          <Breadcrumb
            label="Where this is"
            steps={[
              { label: 'Authorizations', href: authorizationsPath(organizationId) },
              { label: 'Removals', href: urlWith(authorizationsPath(organizationId), { show: 'removals' }) },
              { label: 'Receipt' },
            ]}
          />
          <h2 className="mt-1 text-title break-words">{removalTitle(removal)}</h2>
        </div>
        <ButtonLink
          href={file}
          download={`${removalId}.json`}
          prefetch={false}
          icon={<Download aria-hidden />}
        >
          Download
        </ButtonLink>
      </header>
      <RemovalPanel organizationId={organizationId} initial={removal} />
    </article>
  )
}

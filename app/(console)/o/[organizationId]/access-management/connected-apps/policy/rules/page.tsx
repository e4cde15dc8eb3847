import type { Metadata } from 'next'
import type { Id } from '#lib/base/ids'
import { getRequestRules } from '#lib/domain/allowlist/get-request-rules'
import { listPossibleReviewers } from '#lib/domain/allowlist/list-possible-reviewers'
import { listReviewers } from '#lib/domain/allowlist/list-reviewers'
import { requireActor } from '#lib/gateways/console/actor'
import { shown } from '#lib/gateways/console/refuse'
import { rulesPath } from '../../../../paths.ts'
import { Reviewers } from './reviewers.tsx'
import { RulesForm } from './rules-form.tsx'

export const metadata: Metadata = { title: 'Rules of requests' }

type Props = { params: Promise<{ organizationId: Id<'organization'> }> }

/** What happens where an app asks for more than is approved, who is told, and who answers. */
export default async function RulesPage({ params }: Props) {
  const { organizationId } = await params
  const actor = await requireActor(rulesPath(organizationId))
  const [rules, reviewers, possible] = await Promise.all([
    shown(getRequestRules(actor, organizationId)),
    shown(listReviewers(actor, organizationId)),
    shown(listPossibleReviewers(actor, { rootOrganizationId: organizationId })),
  ])
  return (
    <div className="flex max-w-3xl flex-col gap-10">
      <RulesForm organizationId={organizationId} rules={rules} />
      <Reviewers organizationId={organizationId} reviewers={reviewers} possible={possible} />
    </div>
  )
}

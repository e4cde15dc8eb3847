import type { ReactNode } from 'react'
import type { Id } from '#lib/base/ids'
import { getPolicy } from '#lib/domain/allowlist/get-policy'
import { getOrganization } from '#lib/domain/organizations/get-organization'
import { requireActor } from '#lib/gateways/console/actor'
import { shown } from '#lib/gateways/console/refuse'
import { idsIn } from '../../../../../../ids-in.ts'
import { policyPath } from '../../../paths.ts'
import { PolicyNav } from './policy-nav.tsx'

type Props = { params: Promise<{ organizationId: string }>; children: ReactNode }

/** The places of the policy, with how much is in each and which mode is in force. */
export default async function PolicyLayout({ params, children }: Props) {
  const { organizationId } = await idsIn<{ organizationId: Id<'organization'> }>(params)
  const actor = await requireActor(policyPath(organizationId))
  const { abilities } = await shown(getOrganization(actor, organizationId))
  // Reviewers see requests, and nothing else of the policy: each page refuses them by itself.
  if (!abilities.includes('allowlist.view') && abilities.includes('allowlist.review')) return children
  const policy = await shown(getPolicy(actor, organizationId))
  return (
    <>
      <PolicyNav
        organizationId={organizationId}
        mode={policy.mode}
        entries={policy.entries}
        waiting={policy.waiting}
      />
      {children}
    </>
  )
}

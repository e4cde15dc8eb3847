import type { Metadata } from 'next'
import type { Id } from '#lib/base/ids'
import { getPolicy, type Policy } from '#lib/domain/allowlist/get-policy'
import { type PolicyPreview, previewPolicy } from '#lib/domain/allowlist/preview-policy'
import type { Mode } from '#lib/domain/allowlist/schema'
import { requireActor } from '#lib/gateways/console/actor'
import { shown } from '#lib/gateways/console/refuse'
import { readUrlQuery, type SearchParams, urlWith } from '../../../../../../url-query.ts'
import { policyPath } from '../../../../paths.ts'
import { AddApp } from '../allowlist/add-app.tsx'
import { findToAdd } from '../allowlist/find-to-add.ts'
import { Effect } from './effect.tsx'
import { InForce } from './in-force.tsx'
import { ModeForm } from './mode-form.tsx'

export const metadata: Metadata = { title: 'Policy' }

type Props = { params: Promise<{ organizationId: Id<'organization'> }>; searchParams: Promise<SearchParams> }

const MODES: readonly Mode[] = ['unrestricted', 'restricted', 'closed']

/** Which apps members may authorize: what is in force, and what a change would do, before it is saved. */
export default async function ModePage({ params, searchParams }: Props) {
  const { organizationId } = await params
  const query = readUrlQuery(['to', 'internal', 'list'], await searchParams)
  const path = policyPath(organizationId)
  const actor = await requireActor(urlWith(path, query))
  const policy = await shown(getPolicy(actor, organizationId))
  const to = MODES.find((mode) => mode === query.to) ?? policy.mode
  const isChange = to !== policy.mode
  const internalAfter =
    isChange && to === 'restricted' && query.internal ? query.internal === 'on' : policy.internalAutoApproval
  const [preview, adding] = await Promise.all([
    isChange || isInternalPassing(policy)
      ? shown(
          previewPolicy(actor, {
            rootOrganizationId: organizationId,
            mode: to,
            internalAutoApproval: internalAfter,
          }),
        )
      : null,
    isChange && query.list ? shown(findToAdd(actor, organizationId, query.list)) : null,
  ])
  const hereHref = urlWith(path, { to: query.to, internal: query.internal })
  return (
    <>
      <ModeForm
        path={path}
        organization={policy.organization}
        inForce={policy.mode}
        to={to}
        fingerprint={preview?.fingerprint ?? ''}
        version={policy.version}
        internalAutoApproval={policy.internalAutoApproval}
        internalAfter={internalAfter}
        listed={preview?.listed.apps ?? 0}
        unlistedInternal={isChange ? [] : unlistedInternal(preview)}
      >
        {isChange && preview ? (
          <Effect preview={preview} countedAt={new Date()} />
        ) : (
          <InForce policy={policy} />
        )}
      </ModeForm>
      {adding?.app && (
        <AddApp {...adding} organization={policy.organization} path={path} query={{}} overHref={hereHref} />
      )}
    </>
  )
}

/** Internal apps pass by themselves at the moment: to switch that off is to ask what becomes of them. */
function isInternalPassing(policy: Policy): boolean {
  return policy.mode === 'restricted' && policy.internalAutoApproval
}

/** Internal apps in use that would need an entry of their own if they were not approved by themselves. */
function unlistedInternal(preview: PolicyPreview | null): string[] {
  return preview?.apps.filter((app) => app.isInternal && app.entry !== null).map((app) => app.name) ?? []
}

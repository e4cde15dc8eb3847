import type { Metadata } from 'next'
import type { Id } from '#lib/base/ids'
import { getPolicy } from '#lib/domain/allowlist/get-policy'
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

const NAMES_SHOWN = 3
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
  // Internal apps pass by themselves at the moment: to switch that off is to ask what becomes of them.
  const mayNeedEntries = !isChange && policy.mode === 'restricted' && policy.internalAutoApproval
  const [preview, adding] = await Promise.all([
    isChange || mayNeedEntries
      ? shown(
          previewPolicy(actor, {
            rootOrganizationId: organizationId,
            mode: to,
            internalAutoApproval: internalAfter && !mayNeedEntries,
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
        closes={preview?.closes ?? 0}
        unlistedInternal={mayNeedEntries ? unlistedInternal(preview) : NONE}
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

const NONE = { count: 0, names: [] }

/** Internal apps in use that would need an entry of their own if they were not approved by themselves; the most used by name. */
function unlistedInternal(preview: PolicyPreview | null) {
  if (!preview) return NONE
  const shown = preview.apps.filter((app) => app.isInternal && app.entry !== null)
  return { count: preview.listed.internal, names: shown.slice(0, NAMES_SHOWN).map((app) => app.name) }
}

import type { Metadata } from 'next'
import { isAddress } from '#lib/base/cidr'
import type { Id } from '#lib/base/ids'
import { isRefusal } from '#lib/base/refusal'
import { getWhatIf, type WhatIf } from '#lib/domain/authorizations/get-what-if'
import { NOT_AN_ADDRESS } from '#lib/domain/authorizations/schema'
import type { UserActor } from '#lib/domain/permissions/actor'
import { requireActor } from '#lib/gateways/console/actor'
import { readUrlQuery, type SearchParams, urlWith } from '../../../../../../url-query.ts'
import { whatIfPath } from '../../../../paths.ts'
import { Outcome } from './outcome.tsx'
import { WhatIfForm } from './what-if-form.tsx'

export const metadata: Metadata = { title: 'What if' }

type Props = { params: Promise<{ organizationId: Id<'organization'> }>; searchParams: Promise<SearchParams> }

const KEYS = ['person', 'app', 'scope', 'from'] as const
type Wish = Partial<Record<(typeof KEYS)[number], string>>

/** What would happen if somebody authorized an app now, and which rule decides it. The address says what is asked, so it can be sent on. */
export default async function WhatIfPage({ params, searchParams }: Props) {
  const { organizationId } = await params
  const wish = readUrlQuery(KEYS, await searchParams)
  const path = whatIfPath(organizationId)
  const actor = await requireActor(urlWith(path, wish))
  const { found, chosen, errors } = await find(actor, organizationId, wish)
  return (
    <div className="grid flex-1 content-start gap-x-10 gap-y-8 lg:grid-cols-[20rem_minmax(0,1fr)]">
      <WhatIfForm
        key={urlWith(path, { app: wish.app })}
        organizationId={organizationId}
        path={path}
        wish={wish}
        found={chosen}
        errors={errors}
      />
      {found ? (
        <Outcome organizationId={organizationId} found={found} />
      ) : (
        <p className="max-w-prose text-ink-2">{chosen ? NO_ADDRESS : INVITATION}</p>
      )}
    </div>
  )
}

const INVITATION =
  'Choose a person and an app to see what would happen if that person authorized it now: whether it would go through, be asked for consent or be stopped, and by which rule. Looking changes nothing, and the person is not told.'
const NO_ADDRESS = 'Say an IP address, such as 203.0.113.7, to see what would happen from there.'

type Found = { found: WhatIf | null; chosen: WhatIf | null; errors: Record<string, string> }

/** What was found, or what is wrong with what was asked, under its field; `chosen` says who and what was chosen all the same. */
async function find(
  actor: UserActor,
  rootOrganizationId: Id<'organization'>,
  { person, app, scope, from }: Wish,
): Promise<Found> {
  if (!person || !app) {
    const isWrong = from !== undefined && !isAddress(from)
    return { found: null, chosen: null, errors: isWrong ? { address: NOT_AN_ADDRESS } : {} }
  }
  const asked = {
    rootOrganizationId,
    userId: person as Id<'user'>,
    clientId: app,
    // “-” is nothing but to be let in.
    scopes: scope === undefined ? undefined : scope.split(' ').filter((one) => one !== '-'),
  }
  try {
    const found = await getWhatIf(actor, { ...asked, address: from })
    return { found, chosen: found, errors: {} }
  } catch (thrown) {
    if (!isRefusal(thrown) || Object.keys(thrown.fields).length === 0) throw thrown
    const chosen =
      'address' in thrown.fields ? await find(actor, rootOrganizationId, { person, app, scope }) : null
    return { found: null, chosen: chosen?.found ?? null, errors: { ...chosen?.errors, ...thrown.fields } }
  }
}

import type { Metadata } from 'next'
import type { Id } from '#lib/base/ids'
import { isRefusal } from '#lib/base/refusal'
import { getWhatIf, type WhatIf } from '#lib/domain/authorizations/get-what-if'
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
  const { found, errors } = await find(actor, organizationId, wish)
  return (
    <div className="grid flex-1 content-start gap-x-10 gap-y-8 lg:grid-cols-[20rem_minmax(0,1fr)]">
      <WhatIfForm
        key={urlWith(path, { app: wish.app })}
        organizationId={organizationId}
        path={path}
        wish={wish}
        found={found}
        errors={errors}
      />
      {found ? (
        <Outcome organizationId={organizationId} found={found} />
      ) : (
        <p className="max-w-prose text-ink-2">
          Choose a person and an app to see what would happen if that person authorized it now: whether it
          would go through, be asked for consent or be stopped, and by which rule. Looking changes nothing,
          and the person is not told.
        </p>
      )}
    </div>
  )
}

/** What was found, or what is wrong with what was asked, under its field. */
async function find(
  actor: UserActor,
  rootOrganizationId: Id<'organization'>,
  { person, app, scope, from }: Wish,
): Promise<{ found: WhatIf | null; errors: Record<string, string> }> {
  if (!person || !app) return { found: null, errors: {} }
  try {
    const found = await getWhatIf(actor, {
      rootOrganizationId,
      userId: person as Id<'user'>,
      clientId: app,
      // “-” is nothing but to be let in.
      scopes: scope === undefined ? undefined : scope.split(' ').filter((one) => one !== '-'),
      address: from,
    })
    return { found, errors: {} }
  } catch (thrown) {
    if (isRefusal(thrown) && Object.keys(thrown.fields).length > 0)
      return { found: null, errors: thrown.fields }
    throw thrown
  }
}

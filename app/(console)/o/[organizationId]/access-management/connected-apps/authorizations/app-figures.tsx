import { Suspense } from 'react'
import { Figures } from '#components/ui/facts'
import { Skeleton } from '#components/ui/skeleton'
import { countText, leastText } from '#lib/base/bounded-count'
import type { Id } from '#lib/base/ids'
import { countTokensOfApp } from '#lib/domain/authorizations/count-tokens-of-app'
import type { UserActor } from '#lib/domain/permissions/actor'
import { shown } from '#lib/gateways/console/refuse'

type Props = { actor: UserActor; organizationId: Id<'organization'>; appId: Id<'app'>; people: number }
type Counted = Awaited<ReturnType<typeof countTokensOfApp>>

/** How many people use an app, and what it holds. Its tokens are counted while the rest is being read. */
export function AppFigures({ actor, organizationId, appId, people }: Props) {
  const counted = shown(countTokensOfApp(actor, { rootOrganizationId: organizationId, appId }))
  return (
    <Figures
      figures={[
        { label: 'People', value: countText(people) },
        { label: 'Token families', value: <Count of="families" counted={counted} /> },
        { label: 'Tokens', value: <Count of="tokens" counted={counted} /> },
      ]}
    />
  )
}

function Count(props: { of: 'families' | 'tokens'; counted: Promise<Counted> }) {
  return (
    <Suspense fallback={<Skeleton className="my-1.5 h-4 w-10" />}>
      <Counting {...props} />
    </Suspense>
  )
}

async function Counting({ of, counted }: { of: 'families' | 'tokens'; counted: Promise<Counted> }) {
  const { isExact, [of]: count } = await counted
  return leastText(count, isExact)
}

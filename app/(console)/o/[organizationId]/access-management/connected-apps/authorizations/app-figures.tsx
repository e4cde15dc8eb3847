import { Suspense } from 'react'
import { Figures } from '#components/ui/facts'
import { Skeleton } from '#components/ui/skeleton'
import { countText, leastText } from '#lib/base/bounded-count'
import type { Id } from '#lib/base/ids'
import { countTokensOfApp, type TokensOfApp } from '#lib/domain/authorizations/count-tokens-of-app'
import type { UserActor } from '#lib/domain/permissions/actor'
import { orNone, shown } from '#lib/gateways/console/refuse'

type Props = { actor: UserActor; organizationId: Id<'organization'>; appId: Id<'app'>; people: number }

/** How many people use an app, and what it holds. Its tokens are counted while the rest is being read. */
export function AppFigures({ actor, organizationId, appId, people }: Props) {
  const counting = shown(orNone(countTokensOfApp(actor, { rootOrganizationId: organizationId, appId })))
  return (
    <Figures
      figures={[
        { label: 'People', value: countText(people) },
        { label: 'Token families', value: <Count of="families" counting={counting} /> },
        { label: 'Tokens', value: <Count of="tokens" counting={counting} /> },
      ]}
    />
  )
}

type CountProps = { of: 'families' | 'tokens'; counting: Promise<TokensOfApp | null> }

function Count(props: CountProps) {
  return (
    <Suspense fallback={<Skeleton className="my-1.5 h-4 w-10" />}>
      <Counted {...props} />
    </Suspense>
  )
}

async function Counted({ of, counting }: CountProps) {
  const tokens = await counting
  return tokens ? leastText(tokens[of], tokens.isExact) : '–'
}

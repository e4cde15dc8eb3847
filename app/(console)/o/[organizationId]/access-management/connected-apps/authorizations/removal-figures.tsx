import { EffectFigures } from '#components/ui/facts'
import { Skeleton } from '#components/ui/skeleton'
import { countText } from '#lib/base/bounded-count'
import type { Removal } from '#lib/domain/installations/get-removal'

type Props = {
  removal: Pick<Removal, 'kind' | 'apps' | 'authorizations' | 'families' | 'tokens' | 'isCounted'>
}

/** What ended, in numbers; with a + while they are still being counted. */
export function RemovalFigures({ removal }: Props) {
  const { kind, apps, authorizations, families, tokens, isCounted } = removal
  const number = (count: number) =>
    // “0+” would read as if nothing had ended.
    count === 0 && !isCounted ? (
      <Skeleton className="my-1 h-5 w-12" />
    ) : (
      `${countText(count, Number.MAX_SAFE_INTEGER)}${isCounted ? '' : '+'}`
    )
  const lost =
    kind === 'person'
      ? { label: apps === 1 ? 'app lost' : 'apps lost', value: number(apps) }
      : kind === 'apps'
        ? {
            label: authorizations === 1 ? 'authorization ended' : 'authorizations ended',
            value: number(authorizations),
          }
        : { label: authorizations === 1 ? 'person lost it' : 'people lost it', value: number(authorizations) }
  return (
    <EffectFigures
      figures={[
        lost,
        { label: families === 1 ? 'token family ended' : 'token families ended', value: number(families) },
        { label: tokens === 1 ? 'token ended' : 'tokens ended', value: number(tokens) },
      ]}
    />
  )
}

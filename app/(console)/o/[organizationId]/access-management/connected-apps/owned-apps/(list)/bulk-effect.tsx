import type { ReactNode } from 'react'
import { counted } from '#components/connected-apps/app-words'
import { Disclosure } from '#components/ui/disclosure'
import { LineList } from '#components/ui/section'
import { Skeleton } from '#components/ui/skeleton'
import type { BulkReceipt } from '#lib/domain/connected-apps/bulk-receipt'

type Props = {
  /** Null while it is being counted. */
  effect: BulkReceipt | null
  /** “are disabled already”: of those left as they are. */
  unchanged: string
  /** What happens to those changed. */
  children: (changed: number) => ReactNode
}

/** What a bulk act would do, in numbers: how many change, how many are so already, which are refused and why. */
export function BulkEffect({ effect, unchanged, children }: Props) {
  if (!effect) return <Skeleton className="mt-1 h-10 w-full" />
  return (
    <div className="flex flex-col gap-2">
      <div>{children(effect.changed)}</div>
      {effect.unchanged > 0 && (
        <p>
          {counted(effect.unchanged, 'app')} {unchanged} and {effect.unchanged === 1 ? 'stays' : 'stay'} so.
        </p>
      )}
      {effect.refusedCount > 0 && (
        <Disclosure
          summary={`${counted(effect.refusedCount, 'app')} ${effect.refusedCount === 1 ? 'stays as it is' : 'stay as they are'}: see why`}
        >
          <div className="max-h-48 overflow-y-auto">
            <LineList label="Apps that stay as they are">
              {effect.refused.map(({ appId, name, sentence }) => (
                <li key={appId} className="flex-wrap">
                  <span className="font-medium text-ink">{name}</span>
                  <span className="text-meta text-muted">{sentence}</span>
                </li>
              ))}
            </LineList>
          </div>
          {effect.refusedCount > effect.refused.length && (
            <p className="text-meta text-muted">
              and {counted(effect.refusedCount - effect.refused.length, 'more', 'more')}.
            </p>
          )}
        </Disclosure>
      )}
    </div>
  )
}

'use client'

import { DateTime, RelativeTime } from '#components/ui/relative-time'

const SOON_DAYS = 14

/** When a secret or a key ends, louder when it is soon. */
export function Ends({ at }: { at: Date | null }) {
  if (!at) return <span className="text-muted">No end</span>
  const isSoon = at.getTime() - Date.now() < SOON_DAYS * 24 * 3_600_000
  return (
    <span className="leading-[18px]">
      <span className={isSoon ? 'block font-medium text-warn' : 'block'}>
        <RelativeTime at={at} />
      </span>
      <DateTime at={at} withTime className="text-meta text-muted" />
    </span>
  )
}

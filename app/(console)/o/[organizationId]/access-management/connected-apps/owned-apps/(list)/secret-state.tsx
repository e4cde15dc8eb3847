import { StatusDot } from '#components/ui/chip'
import { RelativeTime } from '#components/ui/relative-time'
import type { OwnedApp } from '#lib/domain/connected-apps/list-owned-apps'

const SOON_DAYS = 14

/** How an app's secrets stand, in a word: what wants attention first. */
export function SecretState({ app }: { app: Pick<OwnedApp, 'clientType' | 'rotationDueSince' | 'secrets'> }) {
  const { live, newestAt, firstEndsAt, unused } = app.secrets
  if (app.clientType !== 'server') return <StatusDot tone="none">None, public app</StatusDot>
  if (live === 0) return <StatusDot tone="bad">No live secret</StatusDot>
  if (app.rotationDueSince) return <StatusDot tone="bad">Should be rotated</StatusDot>
  // The older one ending after a rotation is as it should be; the last one ending is not.
  if (firstEndsAt && live === 1) {
    return (
      <StatusDot tone={isSoon(firstEndsAt) ? 'warn' : 'ok'}>
        <span>
          Ends <RelativeTime at={firstEndsAt} className="lowercase" />
        </span>
      </StatusDot>
    )
  }
  if (live > 1 && firstEndsAt && unused === 0) {
    return (
      <StatusDot tone="none">
        <span>
          {countWord(live)} live, one ends <RelativeTime at={firstEndsAt} short className="lowercase" />
        </span>
      </StatusDot>
    )
  }
  if (live > 1 && unused > 0) {
    return (
      <StatusDot tone="warn">{`${countWord(live)} live, ${countWord(unused).toLowerCase()} unused`}</StatusDot>
    )
  }
  return (
    <StatusDot tone="ok">
      <span>
        Rotated <RelativeTime at={newestAt} className="lowercase" />
      </span>
    </StatusDot>
  )
}

function isSoon(moment: string): boolean {
  return new Date(moment).getTime() - Date.now() < SOON_DAYS * 24 * 3_600_000
}

function countWord(count: number): string {
  return ['None', 'One', 'Two', 'Three', 'Four', 'Five'][count] ?? String(count)
}

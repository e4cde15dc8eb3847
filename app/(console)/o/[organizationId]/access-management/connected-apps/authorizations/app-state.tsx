import { LISTING } from '#components/connected-apps/policy-words'
import { StatusDot } from '#components/ui/chip'
import type { Listing } from '#lib/domain/authorizations/listing'

type Props = { app: { listing: Listing; isFrozen?: boolean; isBlocked?: boolean; isDisabled?: boolean } }

/** How an app stands here, in a word: what holds it up comes before what the allowlist says. */
export function AppState({ app }: Props) {
  if (app.isBlocked) return <StatusDot tone="bad">Blocked</StatusDot>
  if (app.isFrozen) return <StatusDot tone="warn">Frozen</StatusDot>
  if (app.isDisabled) return <StatusDot tone="neutral">Disabled</StatusDot>
  const { word, tone } = LISTING[app.listing]
  return <StatusDot tone={tone}>{word}</StatusDot>
}

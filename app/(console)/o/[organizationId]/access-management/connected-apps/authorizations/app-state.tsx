import { heldWords } from '#components/connected-apps/held-words'
import { LISTING } from '#components/connected-apps/policy-words'
import { StatusDot } from '#components/ui/chip'
import type { Listing } from '#lib/domain/authorizations/listing'

type Props = { app: { listing: Listing; isFrozen?: boolean; isBlocked?: boolean; isDisabled?: boolean } }

/** How an app stands here, in a word: what holds it up comes before what the allowlist says. */
export function AppState({ app }: Props) {
  const { listing, isFrozen = false, isBlocked = false, isDisabled = false } = app
  const { word, tone } = heldWords({ isFrozen, isBlocked, isDisabled }) ?? LISTING[listing]
  return <StatusDot tone={tone}>{word}</StatusDot>
}

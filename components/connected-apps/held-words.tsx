type Standing = { isBlocked: boolean; isFrozen: boolean; isDisabled: boolean }

/** Why an app does nothing here at the moment, whatever the allowlist says; null where nothing holds it up. */
export function heldWords({ isBlocked, isFrozen, isDisabled }: Standing) {
  if (isBlocked)
    return {
      word: 'Blocked',
      tone: 'bad',
      sentence: 'It is blocked: nobody here can authorize it until someone unblocks it.',
    } as const
  if (isFrozen)
    return {
      word: 'Frozen',
      tone: 'warn',
      sentence:
        'It is frozen: its tokens do not work here, and nobody can authorize it, until someone unfreezes it.',
    } as const
  if (isDisabled)
    return {
      word: 'Disabled',
      tone: 'neutral',
      sentence: 'Its publisher has disabled it: its tokens work nowhere until it is enabled again.',
    } as const
  return null
}

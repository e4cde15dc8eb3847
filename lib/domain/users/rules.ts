export type PasswordTrade = {
  /** Whether the person's home root organization lets scripts trade passwords for tokens. */
  isAllowed: boolean
  /** What a sign-in of this person asks for (RFC 8176 `amr` values). */
  factors: readonly string[]
}

/** Why a script may not trade this person's password for a token, in words; null: it may. A script has a password and nothing else. */
export function refuseTrade({ isAllowed, factors }: PasswordTrade): string | null {
  if (!isAllowed) {
    return 'Your organization does not trade passwords for tokens. Use a connected app: its client credentials, or a code.'
  }
  if (factors.some((factor) => factor !== 'pwd')) {
    return 'Your account asks for a second factor, which a script cannot give. Use a connected app.'
  }
  return null
}

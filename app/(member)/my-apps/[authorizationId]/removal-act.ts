/** The act of the form that removes one authorization: a token made for one is worth nothing for another. */
export function removalAct(authorizationId: string): string {
  return `remove ${authorizationId}`
}

/** The same of the form that ends one token family of it. */
export function familyRemovalAct(familyId: string): string {
  return `end ${familyId}`
}

/** Nothing ends a JWT early: an API that does not ask may take one for some minutes more. */
export function stillAccepted(until: Date | null): string {
  if (!until) return ''
  const minutes = Math.max(1, Math.ceil((until.getTime() - Date.now()) / 60_000))
  return ` What it already holds may be accepted for ${minutes === 1 ? 'a minute' : `${minutes} minutes`} more.`
}

/** A scope set as it is kept: sorted by code unit, without repeats. */
export function scopeSet(...scopes: readonly (readonly string[])[]): string[] {
  return [...new Set(scopes.flat())].sort()
}

/** What of `scopes` is not in `held`, sorted. */
export function scopesBeyond(scopes: readonly string[], held: readonly string[]): string[] {
  const known = new Set(held)
  return scopeSet(scopes).filter((scope) => !known.has(scope))
}

/** The hue of an app or organization, in degrees: always the same for the same id (FNV-1a over its characters). */
export function hueOf(id: string): number {
  let hash = 0x811c9dc5
  for (const character of id) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193)
  return ((hash >>> 0) % 24) * 15
}

/** At most two capital letters standing for a name: “Priya Raman” → “PR”. */
export function initialsOf(name: string): string {
  const parts = name.trim().split(/\s+/u).filter(Boolean)
  const chosen = parts.length > 1 ? [parts[0], parts.at(-1)] : [parts[0]]
  return chosen.map((part) => [...(part ?? '')][0]?.toLocaleUpperCase('en') ?? '').join('')
}

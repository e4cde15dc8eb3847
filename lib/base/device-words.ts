/** A browser's or program's way to name itself, as a person would: “Chrome, Windows”. Null if it names nothing known. */
export function deviceWords(userAgent: string | null): string | null {
  if (!userAgent) return null
  const program = PROGRAMS.find(([mark]) => userAgent.includes(mark))?.[1]
  const system = SYSTEMS.find(([mark]) => userAgent.includes(mark))?.[1]
  if (program || system) return [program, system].filter(Boolean).join(', ')
  // A program that is no browser begins with its own name and version.
  return userAgent.split(/[/\s]/, 1)[0] || null
}

/** In this order: each later one is also named by those before it. */
const PROGRAMS = [
  ['Edg/', 'Edge'],
  ['OPR/', 'Opera'],
  ['Firefox/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['CriOS/', 'Chrome'],
  ['FxiOS/', 'Firefox'],
  ['Safari/', 'Safari'],
] as const
const SYSTEMS = [
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Android', 'Android'],
  ['Windows', 'Windows'],
  ['Mac OS', 'macOS'],
  ['CrOS', 'ChromeOS'],
  ['Linux', 'Linux'],
] as const

/** What a save would change: each field that was sent and differs, before and after. */
export function differencesOf<T extends object>(
  saved: T,
  wanted: Partial<T>,
): Record<string, { before: unknown; after: unknown }> {
  const fields = (Object.keys(wanted) as (keyof T & string)[]).filter(
    (field) => wanted[field] !== undefined && wanted[field] !== saved[field],
  )
  return Object.fromEntries(fields.map((field) => [field, { before: saved[field], after: wanted[field] }]))
}

/** What an event says of a new entry's limits: nothing where it has none. */
export function limitsSaid({ endsAt, group }: { endsAt: Date | null; group: { name: string } | null }): {
  endsAt?: string
  group?: string
} {
  return { ...(endsAt && { endsAt: endsAt.toISOString() }), ...(group && { group: group.name }) }
}

/** How long older secrets may still work after a rotation, as it is asked. */
export const OVERLAPS = [
  { value: '0', label: 'At once' },
  { value: '1', label: '1 hour' },
  { value: '24', label: '24 hours' },
  { value: '168', label: '7 days' },
]
export const OVERLAP: Record<string, 0 | 1 | 24 | 168> = { '0': 0, '1': 1, '24': 24, '168': 168 }

/** “in 24 hours”. */
export function overlapWords(hours: number): string {
  if (hours === 0) return 'at once'
  return (
    OVERLAPS.find(({ value }) => value === String(hours))?.label.replace(/^/, 'in ') ?? `in ${hours} hours`
  )
}

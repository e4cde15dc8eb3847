/** Prints one line of the report. */
export function say(line: string): void {
  console.log(line)
}

/** The middle one of what was measured: what one disturbed run says does not count. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2
}

/** How far apart most of what was measured lies, as text: its first and third quarter. */
export function spread(values: readonly number[], digits: number): string {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.round((sorted.length - 1) * share)] ?? Number.NaN
  return `${at(0.25).toFixed(digits)}–${at(0.75).toFixed(digits)}`
}

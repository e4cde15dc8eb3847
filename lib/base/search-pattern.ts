/** A pattern for ILIKE that finds what contains the text, taken literally. */
export function searchPattern(text: string): string {
  return `%${text.trim().replaceAll(/[\\%_]/g, '\\$&')}%`
}

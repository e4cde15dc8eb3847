/** What a person typed into a search field, as a LIKE pattern that finds it anywhere, sign for sign; null characters, which no text has, are left out. */
export function likePattern(search: string): string {
  const text = search.replaceAll('\0', '').trim()
  return `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
}

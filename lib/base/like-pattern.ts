/** What a person typed into a search field, as a LIKE pattern that finds it anywhere, sign for sign. */
export function likePattern(search: string): string {
  return `%${search.trim().replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
}

/**
 * Reads data written as a table: one row a line, columns parted by `|`, cells trimmed, an empty cell an empty string.
 * Refuses a row that has too few or too many cells, so that a slip shows where it was made.
 */
export function readTable<Column extends string>(
  columns: readonly Column[],
  text: string,
): Record<Column, string>[] {
  const lines = text.split('\n').filter((line) => line.trim())
  return lines.map((line) => {
    const cells = line.split('|').map((cell) => cell.trim())
    if (cells.length !== columns.length) throw new Error(`A row does not fit its table: ${line.trim()}`)
    return Object.fromEntries(columns.map((column, place) => [column, cells[place]])) as Record<
      Column,
      string
    >
  })
}

/** The words of a cell; none for an empty one. */
export function wordsOf(cell: string): string[] {
  return cell.split(/\s+/).filter(Boolean)
}

/** The words `name=value` of a cell, by name. */
export function marksOf(cell: string): Map<string, string> {
  return new Map(
    wordsOf(cell).map((word) => {
      const [name = '', value = ''] = word.split('=')
      return [name, value]
    }),
  )
}

import { stringify } from 'csv-stringify/sync'

/** Leads spreadsheets to read a file as UTF-8. Where a program reads it, leave it out. */
export const UTF8_MARK = '\uFEFF'

/**
 * Rows as lines of a CSV file (RFC 4180): the only way to write one. A cell that a spreadsheet would run as a formula is kept from
 * it by an apostrophe, since names are typed by strangers. With `unix` its lines end as shells read them: to a script that takes
 * them apart by hand, a carriage return would be part of the last cell.
 */
export function csvLines(
  rows: readonly (readonly (string | number | null)[])[],
  lineEnd: 'windows' | 'unix' = 'windows',
): string {
  return stringify(
    rows.map((row) => [...row]),
    { escape_formulas: true, record_delimiter: lineEnd, quoted_match: /[\r\n]/ },
  )
}

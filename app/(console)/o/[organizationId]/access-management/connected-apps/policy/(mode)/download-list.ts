import { saveFile } from '#components/ui/save-file'
import type { PreviewedApp } from '#lib/domain/allowlist/preview-policy'
import { afterSaving } from './outcome-words.ts'

/** Saves the effect as a table that spreadsheets open. */
export function downloadList(apps: readonly PreviewedApp[]): void {
  const rows = [
    ['App', 'Publisher', 'People', 'After saving', 'Scopes'],
    ...apps.map((app) => [
      app.name,
      app.publisher,
      String(app.people),
      afterSaving(app),
      (app.entry ?? []).join(' '),
    ]),
  ]
  const text = rows.map((row) => row.map(cell).join(',')).join('\r\n')
  saveFile('policy-change.csv', 'text/csv', `\uFEFF${text}\r\n`)
}

/** Quoted; a name that a spreadsheet would run as a formula is kept text by an apostrophe. */
function cell(text: string): string {
  const inert = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return `"${inert.replaceAll('"', '""')}"`
}

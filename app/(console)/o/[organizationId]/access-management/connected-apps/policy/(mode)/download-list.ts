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
  const url = URL.createObjectURL(new Blob([`\uFEFF${text}\r\n`], { type: 'text/csv' }))
  const link = document.createElement('a')
  link.href = url
  link.download = 'policy-change.csv'
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 1000)
}

/** Quoted; a name that a spreadsheet would run as a formula is kept text by an apostrophe. */
function cell(text: string): string {
  const inert = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return `"${inert.replaceAll('"', '""')}"`
}

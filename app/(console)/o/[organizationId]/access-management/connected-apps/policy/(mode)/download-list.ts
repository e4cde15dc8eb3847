import { saveFile } from '#components/ui/save-file'
import { csvLines, UTF8_MARK } from '#lib/base/csv'
import type { PreviewedApp } from '#lib/domain/allowlist/preview-policy'
import { afterSaving } from './outcome-words.ts'

const HEAD = ['App', 'Publisher', 'People', 'After saving', 'Scopes']

/** Saves the effect as a table that spreadsheets open. */
export function downloadList(apps: readonly PreviewedApp[]): void {
  const rows = apps.map((app) => [
    app.name,
    app.publisher,
    app.people,
    afterSaving(app),
    (app.entry ?? []).join(' '),
  ])
  saveFile('policy-change.csv', new Blob([UTF8_MARK, csvLines([HEAD, ...rows])], { type: 'text/csv' }))
}

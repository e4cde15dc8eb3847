import { expect, it } from 'vitest'
import { csvLines } from './csv.ts'

it('writes lines that end as RFC 4180 says, with quotes only where a cell needs them', () => {
  const rows = [
    ['App', 'People', 'Since'],
    ['Two, with "signs"', 12, null],
    ['Two\nlines', 0, ''],
  ]
  expect(csvLines(rows)).toBe('App,People,Since\r\n"Two, with ""signs""",12,\r\n"Two\nlines",0,\r\n')
  expect(csvLines([])).toBe('')
  expect(csvLines([['App', 'ghs_one']], 'unix')).toBe('App,ghs_one\n')
})

it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1', '＋1', '－1', '＠A1'])(
  'lets no spreadsheet run %j',
  (name) => {
    expect(csvLines([['App', name]])).toMatch(/^App,"?'/)
  },
)

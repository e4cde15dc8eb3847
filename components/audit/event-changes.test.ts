import { expect, it } from 'vitest'
import { linesOf } from './event-changes.tsx'

it.each([
  [
    'the field with its former and its new value',
    'connected-app.updated',
    {
      changed: {
        name: { before: 'Ledger', after: 'Ledgerline' },
        website: { before: null, after: 'https://l.example' },
      },
    },
    ['Name: “Ledger” → “Ledgerline”', 'Website: nothing → “https://l.example”'],
  ],
  [
    'what came and what went of a list',
    'connected-app.scopes-changed',
    { changed: { scopes: { before: ['openid', 'email'], after: ['openid', 'orders:read'] } } },
    ['Scopes: added orders:read; removed email'],
  ],
  [
    'which secret was made, and what becomes of the older ones',
    'connected-app.secret-rotated',
    { secretName: 'Production', lastFour: '7Qd2', overlapHours: 24 },
    ['Production, ••••7Qd2', 'Older ones end within 24 hours, where not kept.'],
  ],
  [
    'which secret ended',
    'connected-app.secret-ended',
    { secretName: 'Production', lastFour: '7Qd2' },
    ['Production, ••••7Qd2'],
  ],
  ['nothing where nothing more is known', 'connected-app.updated', {}, []],
  ['nothing of an event that its sentence says whole', 'connected-app.disabled', { version: 3 }, []],
] as const)('says %s', (_, name, details, lines) => {
  expect(linesOf({ name, details })).toEqual(lines)
})

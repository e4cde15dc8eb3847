import { expect, it } from 'vitest'
import { EVENTS } from '#lib/domain/audit/events'
import { changesOf, linesOf, toldBy } from './event-changes.tsx'

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

it.each([
  [{ secretDaysMax: { before: null, after: 90 } }, 'Longest life of a secret: no limit → 90 days'],
  [
    { appCreation: { before: 'developers', after: 'nobody' } },
    'Who may create apps: administrators and developers → nobody',
  ],
  [{ tokenFormat: { before: 'opaque', after: 'jwt' } }, 'Form of its tokens: opaque → JWT'],
  [{ jwtLifetimeSeconds: { before: 300, after: 60 } }, 'A JWT is good for: 300 seconds → 60 seconds'],
  [{ grantTypes: { before: [], after: ['refresh_token'] } }, 'How it gets tokens: added Stay connected'],
  [{ requiresPkce: { before: true, after: false } }, 'Require PKCE: on → off'],
  [
    { resourceServerAppId: { before: null, after: 'app_01m8g3adm7e4eb9qkasf5cnswc' } },
    'App that answers for it: nothing → “Order Desk”',
  ],
])('says a value in its form: %o', (changed, line) => {
  const names = { app_01m8g3adm7e4eb9qkasf5cnswc: 'Order Desk' }
  expect(linesOf({ name: 'api.updated', details: { changed }, names })).toEqual([line])
})

it('does not say again in a line what the sentence says', () => {
  const details = { before: 'Ana', after: 'Anna' }
  expect(linesOf({ name: 'user.name-changed', details })).toEqual([])
  expect(changesOf({ name: 'user.name-changed', details })).toEqual([
    { label: 'Name', before: 'Ana', after: 'Anna', isTyped: true },
  ])
})

it('tells the details by their words, and neither bookkeeping nor what is none', () => {
  const details = {
    secretId: 'sec_01m8g3adm7e4eb9qkasf5cnswc',
    secretName: 'Production',
    kept: ['sec_01m8g3adrpe4eb9r30a15je62e'],
    endedTokens: false,
    expiresAt: '2026-12-28T03:31:31.017Z',
  }
  expect(toldBy({ name: 'connected-app.secret-rotated', details })).toEqual([
    { label: 'Secret', value: 'Production' },
    { label: 'Kept', value: '1 older one' },
    { label: 'Ends', value: new Date('2026-12-28T03:31:31.017Z') },
  ])
})

it('shows no field by the name it has in the code', () => {
  for (const name of Object.keys(EVENTS))
    expect(toldBy({ name, details: { someNewField: 'x' } }).map(({ label }) => label)).toEqual([])
})

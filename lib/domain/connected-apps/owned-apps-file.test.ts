import { describe, expect, it } from 'vitest'
import type { OwnedApp } from './list-owned-apps.ts'
import { headOfAppsFile, linesOfAppsFile } from './owned-apps-file.ts'

const app = (given: Partial<OwnedApp>): OwnedApp => ({
  id: 'app_01k9f7q2zre5tbm0w4h8xv6cjd',
  clientId: '4d3c2b1a0f9e8d7c6b5a49382716f5e4',
  rootOrganizationId: 'org_01k9f7q2zre5tbm0w4h8xv6cjd',
  name: 'Order Desk',
  logo: null,
  actsAs: 'user',
  clientType: 'server',
  residence: { id: 'org_01k9f7q2zre5tbm0w4h8xv6cjd', name: 'Finance', isRoot: false },
  owner: { id: 'usr_01k9f7q2zre5tbm0w4h8xv6cjd', fullName: 'Ana Reyes', username: 'ana' },
  state: 'enabled',
  audience: 'internal',
  origin: 'console',
  scopesCount: 2,
  rotationDueSince: null,
  rotationDueBecause: null,
  secrets: { live: 1, newestAt: '2026-03-01T10:00:00+00:00', firstEndsAt: null, unused: 0 },
  createdAt: new Date('2026-01-02T03:04:05Z'),
  lastUsedAt: null,
  abilities: [],
  ...given,
})

describe('the file of Owned Apps', () => {
  it('has a line an app, under a head of as many columns', () => {
    expect(headOfAppsFile().trim().split(',')).toHaveLength(16)
    expect(linesOfAppsFile([app({}), app({ name: 'Two, with "signs"' })])).toBe(
      'Order Desk,4d3c2b1a0f9e8d7c6b5a49382716f5e4,users,server,Finance,Ana Reyes,ana,enabled,internal,console,1,2026-03-01T10:00:00.000Z,,,2026-01-02T03:04:05.000Z,\r\n' +
        '"Two, with ""signs""",4d3c2b1a0f9e8d7c6b5a49382716f5e4,users,server,Finance,Ana Reyes,ana,enabled,internal,console,1,2026-03-01T10:00:00.000Z,,,2026-01-02T03:04:05.000Z,\r\n',
    )
  })

  it('lets no spreadsheet run what somebody called their app, or themselves', () => {
    const owner = { id: 'usr_01k9f7q2zre5tbm0w4h8xv6cjd', fullName: '@SUM(A1)', username: 'x' } as const
    const cells = linesOfAppsFile([app({ name: '=1+1', owner })]).split(',')
    expect([cells[0], cells[5]]).toEqual(["'=1+1", "'@SUM(A1)"])
  })
})

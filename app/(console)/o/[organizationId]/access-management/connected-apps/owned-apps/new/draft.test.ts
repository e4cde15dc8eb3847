import { describe, expect, it } from 'vitest'
import type { CatalogueScope } from '../catalogue-scope.ts'
import { draftInput, EMPTY_DRAFT, placedIn } from './draft.ts'

const scope = (name: string, needsOrganization = false): CatalogueScope => ({
  name,
  title: name,
  description: '',
  risk: 'low',
  apiName: 'API',
  needsOrganization,
  needsEnvironment: false,
})
const CATALOGUE = [scope('openid'), scope('profile'), scope('orders:read', true)]

describe('the draft of an app', () => {
  it('asks for what applies to an app that acts for people [P24]', () => {
    const draft = { ...EMPTY_DRAFT, name: 'Desk', redirectUris: ['https://desk.example/back', ''] }
    expect(draftInput(draft, CATALOGUE)).toMatchObject({
      actsAs: 'user',
      clientType: 'server',
      redirectUris: ['https://desk.example/back'],
      scopes: ['openid', 'profile'],
      website: null,
    })
  })

  it('leaves out what is about people, and what has no place, for an app acting for itself [P84]', () => {
    const draft = {
      ...EMPTY_DRAFT,
      actsAs: 'itself' as const,
      scopes: ['openid', 'orders:read'],
      contexts: [
        { scope: 'orders:read', organizationId: 'org_a' },
        { scope: 'gone', organizationId: 'org_a' },
      ],
    }
    const input = draftInput(draft, CATALOGUE)
    expect(input).toMatchObject({
      scopes: ['orders:read'],
      contexts: [{ scope: 'orders:read', organizationId: 'org_a' }],
    })
    expect(input).not.toHaveProperty('redirectUris')
  })

  it('offers only places inside the residence [P83] [P84]', () => {
    const place = (organizationId: string) => ({
      organizationId,
      name: organizationId,
      above: [],
      environments: [],
    })
    const parents = { root: null, finance: 'root', payroll: 'finance', logistics: 'root' }
    const all = Object.keys(parents).map(place)
    expect(placedIn(all, parents, 'finance').map(({ name }) => name)).toEqual(['finance', 'payroll'])
    expect(placedIn(all, parents, 'root')).toHaveLength(4)
  })
})

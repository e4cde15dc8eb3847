import { randomBytes } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#lib/base/ids'
import { setSecretKey } from '#lib/base/secret-key'
import type { ClientRecord } from '../../domain/connected-apps/client-records.ts'
import { clientMetadata } from './client-metadata.ts'

const KNOWN = new Set(['openid', 'profile', 'offline_access', 'orders:read'])

const SERVER: ClientRecord = {
  appId: newId('app'),
  clientId: 'a'.repeat(32),
  version: 1,
  epoch: 0,
  state: 'enabled',
  name: 'Reports',
  website: null,
  initiateLoginUri: null,
  actsAs: 'user',
  clientType: 'server',
  audience: 'internal',
  grantTypes: ['authorization_code', 'refresh_token'],
  redirectUris: ['https://app.example.com/callback'],
  scopes: ['openid', 'orders:read'],
  endedScopes: [],
  requiresPkce: true,
  introspectsOrganization: false,
  organizationId: newId('organization'),
  rootOrganizationId: newId('organization'),
  networks: null,
  publisher: 'Acme',
  ownerId: newId('user'),
  registeredByAppId: null,
  secrets: [],
}

describe('an app as the provider knows it', () => {
  beforeAll(() => setSecretKey(randomBytes(32)))

  it('never has an empty list of scopes: to the provider that would mean any', () => {
    expect(clientMetadata({ ...SERVER, scopes: [] }, KNOWN).scope).toBe('offline_access')
    expect(clientMetadata({ ...SERVER, actsAs: 'itself', scopes: [] }, KNOWN).scope).toBe('profile')
  })

  it('names no scope the catalogue does not have', () => {
    expect(clientMetadata({ ...SERVER, scopes: ['openid', 'gone'] }, KNOWN).scope).toBe(
      'openid offline_access',
    )
  })

  it('has a secret only if it can keep one, and the same placeholder each time', () => {
    const first = clientMetadata(SERVER, KNOWN)
    expect(first).toMatchObject({
      token_endpoint_auth_method: 'client_secret_basic',
      client_secret: expect.any(String),
    })
    expect(clientMetadata(SERVER, KNOWN)).toEqual(first)
    for (const clientType of ['browser', 'native'] as const) {
      const metadata = clientMetadata({ ...SERVER, clientType }, KNOWN)
      expect(metadata).toMatchObject({ token_endpoint_auth_method: 'none' })
      expect(metadata).not.toHaveProperty('client_secret')
    }
  })

  it('that acts for itself has no other way to a token', () => {
    const metadata = clientMetadata({ ...SERVER, actsAs: 'itself' }, KNOWN)
    expect(metadata).toMatchObject({
      grant_types: ['client_credentials'],
      response_types: [],
      redirect_uris: [],
    })
  })

  it('that acts for people never gets a token without one of them', () => {
    const { grant_types } = clientMetadata(
      { ...SERVER, grantTypes: ['client_credentials', 'implicit', 'authorization_code'] },
      KNOWN,
    )
    expect(grant_types).toEqual(['authorization_code'])
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newClientSecret } from '#lib/base/secrets'
import {
  estimateBits,
  isOvertaken,
  judgeContexts,
  judgeRedirectUri,
  judgeSecret,
  judgeSettings,
} from './rules.ts'

describe('a redirect URI', () => {
  const fine = [
    ['https://app.example.com/callback', 'server'],
    ['https://app.example.com/callback?tenant=1', 'browser'],
    ['https://app.example.com:8443/a/b', 'server'],
    ['http://127.0.0.1/callback', 'native'],
    ['http://127.0.0.1:51004/callback', 'native'],
    ['http://[::1]/callback', 'native'],
  ] as const
  it.each(fine)('%s passes for a %s app', (uri, clientType) => {
    expect(judgeRedirectUri(uri, clientType)).toBeNull()
  })

  const risky = [
    ['http://localhost:3000/callback', 'server', 'localhost'],
    ['http://127.0.0.1:3000/callback', 'browser', 'develops'],
    ['https://203.0.113.7/callback', 'server', 'address'],
    ['https://[2001:db8::1]/callback', 'server', 'address'],
    ['com.example.app:/callback', 'native', 'scheme'],
  ] as const
  it.each(risky)('%s passes for a %s app with a word about %s', (uri, clientType, word) => {
    expect(judgeRedirectUri(uri, clientType)).toMatchObject({ warning: expect.stringContaining(word) })
  })

  const refused = [
    ['/callback', 'server'],
    ['', 'server'],
    ['http://app.example.com/callback', 'server'],
    ['http://127.0.0.1.example.com/callback', 'native'],
    ['https://app.example.com/callback#part', 'server'],
    ['https://app.example.com/callback#', 'server'],
    ['https://*.example.com/callback', 'server'],
    ['https://app.example.com/*', 'server'],
    ['https://user:pass@app.example.com/callback', 'server'],
    ['https://app.example.com/a/../callback', 'server'],
    ['https://app.example.com/a/%2e%2e/callback', 'server'],
    ['https://app.example.com\\@evil.example/', 'server'],
    [' https://app.example.com/callback', 'server'],
    ['https://app.example.com/call back', 'server'],
    ['https://äpp.example.com/callback', 'server'],
    ['com.example.app:/callback', 'server'],
    ['com.example.app:/callback', 'browser'],
    ['myapp:/callback', 'native'],
    ['javascript:alert(1)', 'native'],
    ['data:text/html,hello', 'native'],
    ['file:///etc/passwd', 'native'],
  ] as const
  it.each(refused)('%s is refused for a %s app', (uri, clientType) => {
    expect(judgeRedirectUri(uri, clientType)).toMatchObject({ error: expect.any(String) })
  })
})

describe('a secret of one’s own [P30]', () => {
  it.each([
    ['short', 'Sh0rt!'],
    ['31 characters', 'k3J!x9Qw#m2Lp7Zr$v5Ty8Nc&b4Hd1F'],
    ['one letter repeated', 'a'.repeat(64)],
    ['a run', 'abcdefghijklmnopqrstuvwxyz0123456789'],
    ['a word repeated', 'secret-secret-secret-secret-secret-secret'],
    ['32 digits', '83920174650293847561029384756102'],
    ['a space', 'k3J!x9Qw#m2Lp7Zr$v5Ty8Nc&b4Hd1F 6'],
    ['an umlaut', 'k3J!x9Qw#m2Lp7Zr$v5Ty8Nc&b4Hd1Fä6'],
    ['too long', 'k3J!x9Qw#m2Lp7Zr'.repeat(17)],
  ])('is refused when it is %s', (_, value) => {
    expect(judgeSecret(value)).toEqual(expect.any(String))
  })

  it('passes as 16 random bytes in hexadecimal, and as 32 mixed characters', () => {
    expect(judgeSecret('9f8c41e0b7d2563ac8e1f09d74b26a35')).toBeNull()
    expect(judgeSecret('k3J!x9Qw#m2Lp7Zr$v5Ty8Nc&b4Hd1F6')).toBeNull()
  })

  it('passes whatever our own generator makes', () => {
    for (let at = 0; at < 500; at += 1) expect(judgeSecret(newClientSecret())).toBeNull()
  })

  it('never counts more for a repetition of it than for itself and one character', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 4, maxLength: 40, unit: fc.constantFrom(...'abXY12!?') }),
        (value) => {
          expect(estimateBits(value + value)).toBeLessThanOrEqual(estimateBits(value) + Math.log2(95) + 0.001)
        },
      ),
      { examples: [['2aY?2aYa???']] },
    )
  })
})

describe('the settings of an app', () => {
  const server = {
    actsAs: 'user',
    clientType: 'server',
    grantTypes: ['authorization_code', 'refresh_token'],
    redirectUris: ['https://app.example.com/callback'],
    scopes: ['openid'],
    requiresPkce: true,
  } as const

  it('pass as they usually are', () => {
    expect(judgeSettings(server)).toEqual({ errors: {}, warnings: {} })
  })

  it.each([
    ['redirectUris', { ...server, redirectUris: [] }],
    ['redirectUris.1', { ...server, redirectUris: [...server.redirectUris, 'http://app.example.com'] }],
    ['grantTypes', { ...server, grantTypes: ['refresh_token'] }],
    ['requiresPkce', { ...server, clientType: 'browser', requiresPkce: false }],
    ['clientType', { ...server, actsAs: 'itself', clientType: 'native', redirectUris: [], scopes: [] }],
    ['redirectUris', { ...server, actsAs: 'itself', scopes: [] }],
    ['scopes.0', { ...server, actsAs: 'itself', redirectUris: [] }],
  ] as const)('are refused under %s', (field, settings) => {
    expect(Object.keys(judgeSettings(settings).errors)).toEqual([field])
  })

  it('warn where PKCE is switched off for a server', () => {
    expect(judgeSettings({ ...server, requiresPkce: false })).toMatchObject({
      errors: {},
      warnings: { requiresPkce: expect.any(String) },
    })
  })
})

describe('the places of an app acting for itself', () => {
  const place = { needsOrganization: true, needsEnvironment: false }
  const label = { needsOrganization: true, needsEnvironment: true }
  const anywhere = { needsOrganization: false, needsEnvironment: false }
  const at = (scope: string, environment: 'none' | 'own' | 'foreign' = 'none', isInsideResidence = true) => ({
    scope,
    environment,
    isInsideResidence,
  })

  it.each([
    ['a scope that needs none', { s: anywhere }, [], []],
    ['a scope in one place', { s: place }, [at('s')], []],
    ['a scope with its environment', { s: label }, [at('s', 'own')], []],
    ['a scope without the place it needs', { s: place }, [], ['contexts']],
    ['a place outside the residence [P130]', { s: place }, [at('s', 'none', false)], ['contexts.0']],
    ['a scope without the environment it needs', { s: label }, [at('s')], ['contexts.0']],
    ['an environment of another organization', { s: label }, [at('s', 'foreign')], ['contexts.0']],
    ['an environment nobody needs', { s: place }, [at('s', 'own')], ['contexts.0']],
    ['a place for a scope the app does not have', { s: place }, [at('s'), at('t')], ['contexts.1']],
    ['a place for a scope that has none', { s: anywhere }, [at('s')], ['contexts.0']],
  ])('judges %s', (_, scopes, contexts, fields) => {
    expect(Object.keys(judgeContexts(new Map(Object.entries(scopes)), contexts))).toEqual(fields)
  })
})

describe('an older secret', () => {
  const at = (day: number | null) => (day === null ? null : new Date(Date.UTC(2026, 0, 1) + day * 86_400_000))
  const secret = (made: number, used: number | null, isLive = true) => ({
    createdAt: at(made) as Date,
    lastUsedAt: at(used),
    isLive,
  })

  it.each([
    ['a day of quiet while a newer one works', secret(0, 5), secret(4, 6), true],
    ['a newer one in use, but itself used the same day', secret(0, 5), secret(4, 5.9), false],
    ['never used, and a newer one that works', secret(0, null), secret(4, 6), true],
    ['a newer one that nobody uses', secret(0, 5), secret(4, null), false],
    ['a newer one that has ended', secret(0, 5), secret(4, 9, false), false],
    ['only an older one beside it', secret(4, 5), secret(0, 9), false],
  ])('is overtaken or not: %s', (_, older, other, verdict) => {
    expect(isOvertaken(older, [older, other])).toBe(verdict)
  })
})

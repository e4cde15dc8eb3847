import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { readEnvironment } from '#lib/base/env'
import { normalizeRequest } from './normalize-request.ts'

const PUBLIC = new URL('https://id.example.com')
const { trustedProxies } = readEnvironment({ TRUSTED_PROXIES: '10.0.0.0/8, 2001:db8::/32' })

function arriving(peer: string, headers: Record<string, string>) {
  const request = {
    headers: { host: 'inside:3000', ...headers },
    socket: { remoteAddress: peer },
  } as IncomingMessage
  return { request, ...normalizeRequest(request, PUBLIC, trustedProxies) }
}

describe('an arriving request', () => {
  it('is at the public host and protocol, whatever it says', () => {
    const { request } = arriving('203.0.113.9', {
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'http',
    })
    expect(request.headers).toMatchObject({
      host: 'id.example.com',
      'x-forwarded-host': 'id.example.com',
      'x-forwarded-proto': 'https',
      'x-forwarded-for': '203.0.113.9',
    })
  })

  it.each([
    'x-forwarded-prefix',
    'forwarded',
    'x-real-ip',
    'x-middleware-subrequest',
    'x-invoke-path',
    'x-matched-path',
    'content-security-policy',
    'x-nonce',
    'x-request-id',
    'x-original-url',
    'next-resume',
  ])('loses %s, from whoever it comes', (name) => {
    expect(arriving('203.0.113.9', { [name]: 'forged' }).request.headers).not.toHaveProperty(name)
    expect(arriving('10.0.0.1', { [name]: 'forged' }).request.headers).not.toHaveProperty(name)
  })

  it('keeps what Next’s own pages send', () => {
    const sent = {
      rsc: '1',
      'next-action': 'abc',
      'next-router-prefetch': '1',
      cookie: 'a=b',
      origin: 'https://x',
    }
    expect(arriving('203.0.113.9', sent).request.headers).toMatchObject(sent)
  })

  it.each([
    ['a stranger who claims another address', '203.0.113.9', '198.51.100.1', '203.0.113.9'],
    ['a trusted proxy', '10.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['a trusted proxy, written as IPv6', '::ffff:10.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['two trusted proxies', '10.0.0.1', '198.51.100.1, 10.0.0.2', '198.51.100.1'],
    ['a caller who invents a chain', '10.0.0.1', '192.0.2.66, 198.51.100.1', '198.51.100.1'],
    ['a trusted proxy that says nothing', '10.0.0.1', '', '10.0.0.1'],
    ['a trusted proxy that says nonsense', '10.0.0.1', 'unknown', '10.0.0.1'],
    ['a trusted IPv6 proxy', '2001:db8::1', '2001:db9::7', '2001:db9::7'],
  ])('has the right address behind %s', (_who, peer, chain, address) => {
    expect(arriving(peer, { 'x-forwarded-for': chain }).ip).toBe(address)
  })

  it('keeps a request id that a trusted proxy gave, and no other', () => {
    expect(arriving('10.0.0.1', { 'x-request-id': 'proxy-4711-abc' }).id).toBe('proxy-4711-abc')
    expect(arriving('10.0.0.1', { 'x-request-id': 'bad id\twith spaces' }).id).toBeUndefined()
    expect(arriving('203.0.113.9', { 'x-request-id': 'proxy-4711-abc' }).id).toBeUndefined()
  })
})

import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { contentSecurityPolicy, setSecurityHeaders } from './security-headers.ts'

const plain = { nonce: 'n0nce', formActions: [], isHttps: true, isDevelopment: false }

describe('the content security policy', () => {
  it('lets scripts and styles in only with the nonce, and nothing be framed', () => {
    const policy = contentSecurityPolicy(plain)
    expect(policy).toContain("script-src 'self' 'nonce-n0nce' 'strict-dynamic';")
    expect(policy).toContain("style-src 'self' 'nonce-n0nce';")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).toContain("object-src 'none'")
    expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline/)
  })

  it('lets a form lead only to ourselves, and to the apps of that page', () => {
    expect(contentSecurityPolicy(plain)).toContain("form-action 'self';")
    expect(
      contentSecurityPolicy({ ...plain, formActions: ['https://app.example', 'com.example.app:'] }),
    ).toContain("form-action 'self' https://app.example com.example.app:;")
  })

  it('asks for https only where we are reached so', () => {
    expect(contentSecurityPolicy(plain)).toContain('upgrade-insecure-requests')
    expect(contentSecurityPolicy({ ...plain, isHttps: false })).not.toContain('upgrade-insecure-requests')
  })
})

describe('the headers of every answer', () => {
  const headersFor = (isHttps: boolean) => {
    const response = new ServerResponse(new IncomingMessage(new Socket()))
    setSecurityHeaders(response, isHttps)
    return response.getHeaders()
  }

  it('let nobody frame it or guess its type, and ask for https where we are reached so', () => {
    expect(headersFor(true)).toMatchObject({
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'strict-origin',
      'strict-transport-security': expect.stringContaining('max-age='),
    })
    expect(headersFor(false)).not.toHaveProperty('strict-transport-security')
  })
})

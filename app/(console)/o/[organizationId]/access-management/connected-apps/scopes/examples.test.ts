import { describe, expect, it } from 'vitest'
import { examplesOf } from './examples.ts'

const ASKED = {
  publicUrl: 'https://apps.example.org',
  scope: 'orders:read',
  audience: 'https://api.example.org/orders',
  isAboutPeople: false,
}

/** The request as it would be sent: the line breaks are for reading. */
const sent = (text: string) => text.replaceAll(/\n\s*/g, '')

describe('how to ask for a scope', () => {
  it('is a request that says what is wanted, of whom, with PKCE', () => {
    const [people] = examplesOf({ ...ASKED, tokenFormat: 'opaque' })
    const url = new URL(sent(people?.text ?? '').replace('GET ', ''))
    expect(url.origin + url.pathname).toBe('https://apps.example.org/oauth/authorize')
    expect(url.searchParams.get('scope')).toBe('orders:read')
    expect(url.searchParams.get('code_challenge_method')).toBe('S256')
    expect(url.searchParams.has('resource')).toBe(false)
  })

  it('names the API as the resource where it is to be a JWT, for people and for an app by itself', () => {
    const examples = examplesOf({ ...ASKED, tokenFormat: 'jwt' })
    expect(examples).toHaveLength(2)
    for (const { text } of examples) {
      const query = new URLSearchParams(sent(text).split(/\?|base64/)[1])
      expect(query.get('resource')).toBe(ASKED.audience)
      expect(query.get('scope')).toBe('orders:read')
    }
  })

  it('is nothing for an app by itself where it is about people who sign in', () => {
    expect(
      examplesOf({ ...ASKED, scope: 'openid', tokenFormat: 'opaque', isAboutPeople: true }),
    ).toHaveLength(1)
  })
})

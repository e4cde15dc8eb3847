import { describe, expect, it } from 'vitest'
import { misdirection } from './misdirected.ts'

const LOCAL = new URL('http://localhost:3000')
const get = (host: string | undefined, url = '/sign-in?x=1', method = 'GET') => ({ host, url, method })

describe('a request that names another host', () => {
  it('passes when it names ours, or none', () => {
    expect(misdirection(get('localhost:3000'), LOCAL)).toBeUndefined()
    expect(misdirection(get(undefined), LOCAL)).toBeUndefined()
  })

  it.each(['127.0.0.1:3000', '[::1]:3000', '127.1.2.3'])('is sent on when a person typed %s', (host) => {
    expect(misdirection(get(host), LOCAL)).toEqual({
      status: 307,
      location: 'http://localhost:3000/sign-in?x=1',
    })
  })

  it('is refused when a stranger’s name points here', () => {
    expect(misdirection(get('evil.example:3000'), LOCAL)).toMatchObject({ status: 421 })
    expect(misdirection(get('localhost.evil.example'), LOCAL)).toMatchObject({ status: 421 })
    expect(misdirection(get('not a host'), LOCAL)).toMatchObject({ status: 421 })
  })

  it('is refused when it would change something, and never sent to another site', () => {
    expect(misdirection(get('127.0.0.1:3000', '/x', 'POST'), LOCAL)).toMatchObject({ status: 421 })
    expect(misdirection(get('127.0.0.1:3000', '//evil.example'), LOCAL)).toMatchObject({ status: 421 })
  })

  it('is the proxy’s business behind a public name', () => {
    expect(misdirection(get('inside:3000'), new URL('https://id.example.com'))).toBeUndefined()
  })
})

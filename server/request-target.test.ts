import { describe, expect, it } from 'vitest'
import { requestTarget } from './request-target.ts'

describe('what a request asks for', () => {
  it.each([
    '/',
    '/sign-in?a=%2F..%2F&b=é',
    '/o/org_1/x',
    '/oauth/authorize?redirect_uri=https://a.example/../b',
  ])('stays as it is: %s', (url) => {
    expect(requestTarget(url)).toEqual({ url })
  })

  it.each([
    ['/_next/static/../../sign-in/session', '/sign-in/session'],
    ['/_next/static/%2e%2E/%2e./sign-in?x=1', '/sign-in?x=1'],
    ['/_next/static\\..\\..\\sign-in', '/sign-in'],
    ['/oauth/../sign-in', '/sign-in'],
    ['/../../etc', '/etc'],
  ])('never passes for another path: %s is %s', (asked, url) => {
    expect(requestTarget(asked)).toEqual({ url })
  })

  it('is a path, also when it came as a whole address', () => {
    expect(requestTarget('http://evil.example/sign-in?a=1')).toEqual({
      url: '/sign-in?a=1',
      host: 'evil.example',
    })
    expect(requestTarget('HTTPS://id.example.com')).toEqual({ url: '/', host: 'id.example.com' })
    expect(requestTarget('http://a@evil.example?x')).toEqual({ url: '/?x', host: 'a@evil.example' })
  })

  it.each([undefined, '', '*', 'sign-in', 'ftp://a.example/', '/interaction/%E0%A4%A', '/api/v1/%', '/a#b'])(
    'is nothing: %s',
    (asked) => {
      expect(requestTarget(asked)).toBeUndefined()
    },
  )
})

import { describe, expect, it } from 'vitest'
import { readEnvironment, setEnvironment } from '../../base/env.ts'
import { pathWithin } from './path-within.ts'

setEnvironment(readEnvironment({ PUBLIC_URL: 'https://id.example.com' }))

describe('where to go on', () => {
  it.each(['/', '/my-apps', '/approvals/apr_1?x=1#y', '/o/org_1/access-management'])(
    'is %s, a path of our own',
    (path) => {
      expect(pathWithin(path)).toBe(path)
    },
  )

  it.each([
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/./\\evil.example',
    '/.//evil.example',
    '\\\\evil.example',
    'javascript:alert(1)',
    'my-apps',
    '',
    `/${'x'.repeat(3000)}`,
    undefined,
    ['/my-apps'],
  ])('is never %j', (path) => {
    expect(pathWithin(path)).toBeNull()
  })
})

import { afterEach, describe, expect, it } from 'vitest'
import { environment, readEnvironment, setEnvironment } from '#lib/base/env'
import { refuseTooManyScopes } from './refuse-too-many-scopes.ts'

const before = environment()
const named = (count: number) => Array.from({ length: count }, (_, at) => `scope:${at}`)

describe('how many scopes an app may have', () => {
  afterEach(() => setEnvironment(before))

  it('is a thousand, or fewer where the deployment says so [AM-30]', () => {
    expect(readEnvironment({}).scopesPerAppMax).toBe(1000)
    expect(readEnvironment({ SCOPES_PER_APP_MAX: '40' }).scopesPerAppMax).toBe(40)
    for (const wrong of ['0', '1001', 'many']) {
      expect(() => readEnvironment({ SCOPES_PER_APP_MAX: wrong })).toThrow('SCOPES_PER_APP_MAX')
    }
    expect(() => refuseTooManyScopes(named(1000))).not.toThrow()
    expect(() => refuseTooManyScopes(named(1001))).toThrow(
      'An app has at most 1,000 scopes, and these are 1,001.',
    )
    expect(() => refuseTooManyScopes([...named(1000), ...named(1000)])).not.toThrow()
  })

  it('takes nothing away where it is lowered: what an app has stays, fewer are let through, others are not [AM-30]', () => {
    setEnvironment({ ...before, scopesPerAppMax: 2 })
    const held = named(5)
    expect(() => refuseTooManyScopes(held, held)).not.toThrow()
    expect(() => refuseTooManyScopes(held.slice(1), held)).not.toThrow()
    expect(() => refuseTooManyScopes([...held.slice(1), 'other:read'], held)).toThrow('at most 2 scopes')
    expect(() => refuseTooManyScopes(['other:read', 'other:write'], held)).not.toThrow()
  })
})

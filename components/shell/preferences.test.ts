import { describe, expect, it } from 'vitest'
import { localeFrom, nonceFrom, themeFrom, timeZoneFrom } from './preferences.ts'

describe('preferences of a browser', () => {
  it('takes a theme it knows and follows the system otherwise', () => {
    expect(themeFrom('dark')).toBe('dark')
    expect(themeFrom('purple')).toBe('system')
    expect(themeFrom(undefined)).toBe('system')
  })

  it('takes a time zone that exists and UTC otherwise', () => {
    expect(timeZoneFrom('Asia/Tokyo')).toBe('Asia/Tokyo')
    expect(timeZoneFrom('Mars/Olympus')).toBe('UTC')
    expect(timeZoneFrom(undefined)).toBe('UTC')
  })

  it('writes dates in the first English way asked for', () => {
    expect(localeFrom('de-DE,en-US;q=0.8,en;q=0.7')).toBe('en-US')
    expect(localeFrom('de-DE')).toBe('en-GB')
    expect(localeFrom(null)).toBe('en-GB')
  })

  it('finds the nonce in the policy of the request', () => {
    expect(nonceFrom("default-src 'self'; script-src 'nonce-aB3+/=' 'strict-dynamic'")).toBe('aB3+/=')
    expect(nonceFrom("default-src 'self'")).toBeUndefined()
    expect(nonceFrom(null)).toBeUndefined()
  })
})

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readEnvironment, VARIABLE_NAMES } from './env.ts'

const HEX_KEY = 'ab'.repeat(32)

describe('the environment', () => {
  it('needs nothing: it listens on loopback, port 3000, and is reached at localhost', () => {
    expect(readEnvironment({})).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      publicUrl: 'http://localhost:3000',
      databaseUrl: undefined,
      dataDir: '.data',
    })
  })

  it('takes an empty variable for one that is unset', () => {
    expect(readEnvironment({ PORT: '', DATABASE_URL: '', LOG_LEVEL: '' }).port).toBe(3000)
  })

  it.each([
    ['DATABASE_URL', 'mysql://localhost/x'],
    ['PUBLIC_URL', 'https://id.example.com/path'],
    ['PUBLIC_URL', 'https://id.example.com?x'],
    ['PUBLIC_URL', 'https://someone@id.example.com'],
    ['PUBLIC_URL', 'gate.internal'],
    ['PUBLIC_URL', 'http://id.example.com'],
    ['PUBLIC_URL', 'http://127.example.com'],
    ['PUBLIC_URL', 'ftp://id.example.com'],
    ['PORT', '70000'],
    ['PORT', 'http'],
    ['SECRET_KEY', 'short'],
    ['SECRET_KEY', 'ab'.repeat(31)],
    ['SECRET_KEY_PREVIOUS', `${'a'.repeat(42)}`],
    ['TRUSTED_PROXIES', '10.0.0.0/33'],
    ['TRUSTED_PROXIES', '10.0.0.0/8/8'],
    ['TRUSTED_PROXIES', '172.16.0.0/'],
    ['TRUSTED_PROXIES', 'proxy.example.com'],
    ['SMTP_URL', 'https://mail.example.com'],
    ['SMTP_URL', 'smtps:///'],
    ['SMTP_URL', 'relay.internal:465'],
    ['SMTP_URL', 'smtps://mail.example.com/?tls.rejectUnauthorized=false'],
    ['SMTP_URL', 'smtps://someone@mail.example.com'],
    ['SMTP_URL', 'smtps://some%zzone:word@mail.example.com'],
    ['MAIL_FROM', 'Nobody in particular'],
    ['MAIL_FROM', 'Gatehouse <gatehouse@example.com>, <other@example.com>'],
    ['MAIL_FROM', 'Gatehouse\r\nBcc: x <gatehouse@example.com>'],
    ['LOG_LEVEL', 'loud'],
  ])('refuses %s when it is %s, without repeating the value', (name, value) => {
    expect(() => readEnvironment({ [name]: value })).toThrow(new RegExp(`${name} must be`))
    try {
      readEnvironment({ [name]: value })
    } catch (refusal) {
      expect(String(refusal)).not.toContain(value)
    }
  })

  it('names every variable that is wrong in one sentence', () => {
    expect(() => readEnvironment({ PORT: 'x', SECRET_KEY: 'x', PUBLIC_URL: 'x' })).toThrow(
      /PUBLIC_URL .*PORT .*SECRET_KEY /,
    )
  })

  it('requires a secret key with a database of one’s own', () => {
    const DATABASE_URL = 'postgres://gatehouse@db.example.com/gatehouse'
    expect(() => readEnvironment({ DATABASE_URL })).toThrow(/SECRET_KEY is required/)
    expect(readEnvironment({ DATABASE_URL, SECRET_KEY: HEX_KEY }).secretKey).toHaveLength(32)
  })

  it('reads a key in hexadecimal, base64 and base64url alike', () => {
    const bytes = Buffer.alloc(32, 0xfb)
    for (const encoding of ['hex', 'base64', 'base64url'] as const) {
      expect(readEnvironment({ SECRET_KEY: bytes.toString(encoding) }).secretKey).toEqual(bytes)
    }
  })

  it('drops the closing slash of an origin', () => {
    expect(readEnvironment({ PUBLIC_URL: 'https://id.example.com/' }).publicUrl).toBe(
      'https://id.example.com',
    )
  })

  it('hands mail to a server of one’s own, under a name, and asks for both', () => {
    const { mail } = readEnvironment({
      SMTP_URL: 'smtps://gate%40house:p%2Fw@mail.example.com',
      MAIL_FROM: 'Gatehouse <gatehouse@example.com>',
    })
    expect(mail).toEqual({
      server: {
        host: 'mail.example.com',
        port: 465,
        isSecure: true,
        isThisMachine: false,
        login: { user: 'gate@house', pass: 'p/w' },
      },
      from: { name: 'Gatehouse', address: 'gatehouse@example.com' },
    })
    expect(
      readEnvironment({ SMTP_URL: 'smtp://[::1]:2525', MAIL_FROM: 'gatehouse@example.com' }).mail?.server,
    ).toMatchObject({ host: '::1', port: 2525, isSecure: false, isThisMachine: true, login: undefined })
    expect(readEnvironment({ MAIL_FROM: 'gatehouse@example.com' }).mail).toBeUndefined()
    expect(() => readEnvironment({ SMTP_URL: 'smtps://mail.example.com' })).toThrow(/MAIL_FROM is required/)
  })

  it('reads proxies as single addresses and ranges of both families', () => {
    const { trustedProxies } = readEnvironment({ TRUSTED_PROXIES: '10.0.0.0/8, 192.0.2.1, 2001:db8::/32' })
    expect(trustedProxies.check('10.9.9.9')).toBe(true)
    expect(trustedProxies.check('192.0.2.2')).toBe(false)
    expect(trustedProxies.check('2001:db8::7', 'ipv6')).toBe(true)
  })

  it('is described, variable by variable, in .env.example', () => {
    const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8')
    const described = [...example.matchAll(/^# .+\n([A-Z_]+)=/gm)].map((match) => match[1])
    expect(described).toEqual(VARIABLE_NAMES)
  })
})

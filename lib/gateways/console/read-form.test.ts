import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { readEnvironment, setEnvironment } from '../../base/env.ts'
import { newFormToken } from '../../base/form-token.ts'
import { setSecretKey } from '../../base/secret-key.ts'
import { sealSession, sessionCookieName } from '../../base/session-cookie.ts'
import { readForm } from './read-form.ts'

setEnvironment(readEnvironment({ PUBLIC_URL: 'https://id.example.com' }))
setSecretKey(randomBytes(32))

const OURS = { 'sec-fetch-site': 'same-origin', origin: 'https://id.example.com' }

function post(fields: Record<string, string>, headers: Record<string, string> = OURS): Request {
  const body = new URLSearchParams(fields).toString()
  const type = 'application/x-www-form-urlencoded'
  return new Request('https://id.example.com/form', {
    method: 'POST',
    body,
    headers: { 'content-type': type, ...headers },
  })
}

describe('a form', () => {
  it('is read when our own page sent it', async () => {
    const form = await readForm(post({ formToken: newFormToken('act', null), name: 'a', more: '' }), 'act')
    expect([form.get('name'), form.get('more'), form.get('absent'), form.all('name')]).toEqual([
      'a',
      '',
      '',
      ['a'],
    ])
  })

  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    ['a sibling domain', { 'sec-fetch-site': 'same-site', origin: 'https://other.example.com' }],
    ['another origin, by a browser that says no more', { origin: 'https://evil.example' }],
    ['an opaque origin', { origin: 'null' }],
    ['nowhere', {}],
  ])('is refused when it comes from %s, even with a right token', async (_where, headers) => {
    const form = post({ formToken: newFormToken('act', null) }, headers as Record<string, string>)
    await expect(readForm(form, 'act')).rejects.toMatchObject({ code: 'forbidden' })
  })

  it.each([
    ['no token', ''],
    ['a token for another act', newFormToken('another act', null)],
    ['a token of another session', newFormToken('act', 'ses_other')],
    ['a token that is too old', newFormToken('act', null, Date.now() - 13 * 3_600_000)],
    ['a token with a longer life written on it', newFormToken('act', null).replace(/^\d+/, '99999999999')],
    ['nonsense for a token', 'x.y.z'],
  ])('is refused with %s, in words that say what to do', async (_what, formToken) => {
    await expect(readForm(post({ formToken }), 'act')).rejects.toMatchObject({
      code: 'expired',
      sentence: expect.stringContaining('try once more'),
    })
  })

  it('takes a token made in this session, and no other', async () => {
    const cookie = `${sessionCookieName()}=${await sealSession('ses_mine', 60)}`
    const mine = post({ formToken: newFormToken('act', 'ses_mine') }, { ...OURS, cookie })
    await expect(readForm(mine, 'act')).resolves.toBeDefined()
    const outsider = post({ formToken: newFormToken('act', null) }, { ...OURS, cookie })
    await expect(readForm(outsider, 'act')).rejects.toMatchObject({ code: 'expired' })
  })

  it('is refused when it is too long, or no form at all', async () => {
    const long = post({ formToken: newFormToken('act', null), text: 'x'.repeat(70_000) })
    await expect(readForm(long, 'act')).rejects.toMatchObject({ code: 'invalid' })
    const json = post({}, { ...OURS, 'content-type': 'application/json' })
    await expect(readForm(json, 'act')).rejects.toMatchObject({ code: 'invalid' })
  })
})

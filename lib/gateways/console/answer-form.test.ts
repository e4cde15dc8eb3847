import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { readEnvironment, setEnvironment } from '../../base/env.ts'
import { newFormToken } from '../../base/form-token.ts'
import { Refusal } from '../../base/refusal.ts'
import { setSecretKey } from '../../base/secret-key.ts'
import { answerForm } from './answer-form.ts'
import type { Notice } from './notice.ts'

setEnvironment(readEnvironment({ PUBLIC_URL: 'https://id.example.com' }))
setSecretKey(randomBytes(32))

const DOOR = { act: 'act', page: '/page', keeps: ['name'], keepsEach: ['scope'] }

/** What the page is sent back with after a refusal of a form with these fields. */
async function sentBack(fields: [string, string][]): Promise<Notice> {
  const request = new Request('https://id.example.com/form', {
    method: 'POST',
    body: new URLSearchParams([['formToken', newFormToken('act', null)], ...fields]).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
  })
  const response = await answerForm(request, DOOR, async () => {
    throw new Refusal('invalid', 'Not like this.')
  })
  const [, body = ''] = (response.headers.get('set-cookie') ?? '').split('.').slice(1)
  return JSON.parse(Buffer.from(body.split('.')[0] ?? '', 'base64url').toString('utf8'))
}

it('shows after a refusal what was typed and all that was chosen, and nothing that it does not keep', async () => {
  const { sentence, typed } = await sentBack([
    ['name', 'Ada Berg'],
    ['scope', 'openid'],
    ['scope', 'things:read'],
    ['password', 'secret'],
  ])
  expect(sentence).toBe('Not like this.')
  expect(typed).toEqual({ name: 'Ada Berg', scope: 'openid things:read' })
})

it('shows of more choices than a cookie holds whole ones, and none that was not made', async () => {
  const scopes = Array.from({ length: 200 }, (_, at) => `things:${at}`)
  const { typed } = await sentBack(scopes.map((scope) => ['scope', scope]))
  const kept = typed.scope?.split(' ') ?? []
  expect(kept.length).toBeGreaterThan(30)
  expect(scopes.slice(0, kept.length)).toEqual(kept)
})

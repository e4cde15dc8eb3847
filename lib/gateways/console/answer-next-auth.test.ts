import { describe, expect, it } from 'vitest'
import { answerNextAuth } from './answer-next-auth.ts'

function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const request = new Request(`https://id.example.com/api/auth/${path}`, init)
  return answerNextAuth(request, { params: Promise.resolve({ nextauth: path.split('/') }) })
}

describe('next-auth’s own addresses', () => {
  it.each(['_log', 'error', 'verify-request', 'constructor', '__proto__', 'nowhere'])(
    'leave out %s',
    async (act) => {
      expect((await ask(act, { method: 'POST', body: '{}' })).status).toBe(404)
    },
  )

  it('take the methods they are for', async () => {
    expect((await ask('callback/credentials')).status).toBe(405)
    expect((await ask('csrf', { method: 'POST', body: '{}' })).status).toBe(405)
  })

  it('take no body that is long, or does not say how long it is', async () => {
    const long = { method: 'POST', body: '{}', headers: { 'content-length': '20000' } }
    expect((await ask('signout', long)).status).toBe(413)
    expect((await ask('signout', { ...long, headers: { 'content-length': 'x' } })).status).toBe(413)
    expect((await ask('signout', { method: 'POST', body: '{}' })).status).toBe(411)
  })
})

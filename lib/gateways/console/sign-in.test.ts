import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { readEnvironment, setEnvironment } from '../../base/env.ts'
import { newId } from '../../base/ids.ts'
import { setSecretKey } from '../../base/secret-key.ts'
import { endedSessionCookie, sessionCookie } from './sign-in.ts'

setSecretKey(randomBytes(32))

async function lines(publicUrl: string): Promise<string[]> {
  setEnvironment(readEnvironment({ PUBLIC_URL: publicUrl }))
  return [await sessionCookie(newId('session'), new Date(Date.now() + 60_000)), endedSessionCookie()]
}

describe('the cookie of a session', () => {
  it('is bound to this origin over https, out of reach of scripts, and stays away from other sites’ forms', async () => {
    for (const line of await lines('https://id.example.com')) {
      expect(line).toMatch(/^__Host-gatehouse\.session=/)
      expect(line).toMatch(/; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax; Secure$/)
    }
  })

  it('works over plain http on one’s own machine', async () => {
    for (const line of await lines('http://localhost:3000')) {
      expect(line).toMatch(/^gatehouse\.session=.*; HttpOnly; SameSite=Lax$/)
    }
  })
})

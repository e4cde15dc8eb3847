import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readEnvironment, setEnvironment } from '#lib/base/env'
import { CALLBACK } from '#test/authorization-server'
import { makeApp, makeOrganization } from '#test/factories'
import { dispatcher } from '../../../server/dispatch.ts'
import { handleOAuth } from './handle.ts'

const server = createServer()
let base = ''

beforeAll(async () => {
  setEnvironment(readEnvironment({ PUBLIC_URL: 'https://id.example.com' }))
  const door = dispatcher({
    pages: (_request, response) => response.writeHead(404).end(),
    protocol: handleOAuth,
    isReady: () => true,
    isDatabaseUp: () => true,
    isDevelopment: false,
  })
  server.on('request', door).listen(0, '127.0.0.1')
  await once(server, 'listening')
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterAll(() => {
  server.close()
  server.closeAllConnections()
})

describe('the authorization server’s cookies over https', () => {
  it('are bound to this origin, out of reach of scripts, and stay away from other sites’ forms', async () => {
    const organization = await makeOrganization()
    const app = await makeApp({ organization, scopes: ['openid'] })
    const asked = new URLSearchParams({
      client_id: app.clientId,
      response_type: 'code',
      redirect_uri: CALLBACK,
      scope: 'openid',
      code_challenge: 'x'.repeat(43),
      code_challenge_method: 'S256',
    })
    const answer = await fetch(`${base}/oauth/authorize?${asked}`, { redirect: 'manual' })
    expect(answer.headers.get('location')).toMatch(/^\/interaction\//)
    const answers = [answer, await fetch(`${base}/device`)]
    const cookies = answers
      .flatMap(({ headers }) => headers.getSetCookie())
      .filter((line) => !/expires=Thu, 01 Jan 1970/.test(line))
    const named = (name: string) => cookies.filter((line) => line.startsWith(name))
    expect(named('__Host-gatehouse.oauth')).toHaveLength(2)
    expect(named('__Secure-gatehouse.interaction')).toHaveLength(2)
    expect(named('__Secure-gatehouse.resume')).toHaveLength(2)
    for (const cookie of cookies) {
      expect(cookie).toMatch(/; secure/i)
      expect(cookie).toMatch(/; httponly/i)
      expect(cookie).toMatch(/; samesite=lax/i)
      expect(cookie).not.toMatch(/; domain/i)
    }
    for (const cookie of named('__Host-')) expect(cookie).toMatch(/; path=\/;/i)
  })
})

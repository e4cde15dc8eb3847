import { once } from 'node:events'
import { createServer, get, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readEnvironment, setEnvironment } from '#lib/base/env'
import { allowFormAction, currentRequest } from '#lib/base/request-context'
import { type Door, type Doors, dispatcher } from './dispatch.ts'

let server: Server
let doors: Doors
let base: string

beforeEach(async () => {
  setEnvironment(readEnvironment({ PUBLIC_URL: 'https://id.example.com', LOG_LEVEL: 'silent' }))
  const echo: Door = (_request, response) => response.end(currentRequest().ip)
  doors = { pages: echo, protocol: echo, isReady: () => true, isDatabaseUp: () => true, isDevelopment: false }
  const door = dispatcher({
    ...doors,
    pages: (request, response) => doors.pages(request, response),
    protocol: (request, response) => doors.protocol(request, response),
    isReady: () => doors.isReady(),
    isDatabaseUp: () => doors.isDatabaseUp(),
  })
  server = createServer((request, response) => void door(request, response)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterEach(() => {
  server.close()
  server.closeAllConnections()
})

describe('the way in', () => {
  it('gives a page its own nonce and its apps to post to, and says so in the answer', async () => {
    let nonce = ''
    doors.pages = (request, response) => {
      nonce = currentRequest().nonce
      expect(request.headers['content-security-policy']).toContain(`'nonce-${nonce}'`)
      allowFormAction('https://app.example/callback?x=1')
      response.end()
    }
    const answer = await fetch(`${base}/interaction/x`)
    const policy = answer.headers.get('content-security-policy')
    expect(policy).toContain(`'nonce-${nonce}'`)
    expect(policy).toContain("form-action 'self' https://app.example;")
    await fetch(`${base}/other`)
    expect(policy).not.toContain(nonce)
  })

  it('gives every page its context and policy, by whatever path it is asked for', async () => {
    doors.pages = (request, response) => response.end(`${request.url} ${currentRequest().ip}`)
    const { port } = new URL(base)
    const ask = async (path: string) => {
      const asked = get({ host: '127.0.0.1', port, path })
      const [answer] = (await once(asked, 'response')) as [IncomingMessage]
      return { answer, text: (await answer.toArray()).join('') }
    }
    for (const path of [
      '/_next/static/../../sign-in',
      '/oauth/%2e%2e/sign-in',
      'http://evil.example/sign-in',
    ]) {
      const { answer, text } = await ask(path)
      expect(text).toBe('/sign-in 127.0.0.1')
      expect(answer.headers['content-security-policy']).toContain("frame-ancestors 'none'")
    }
    for (const path of ['*', '/interaction/%E0%A4%A']) {
      expect((await ask(path)).answer.statusCode).toBe(400)
    }
  })

  it('leads protocol paths past the pages, without a page’s policy', async () => {
    doors.protocol = (_request, response) => response.end('protocol')
    doors.pages = (_request, response) => response.end('page')
    const asked = ['/oauth/token', '/.well-known/openid-configuration', '/oauthx', '/sign-in']
    const answers = await Promise.all(asked.map((path) => fetch(base + path)))
    expect(await Promise.all(answers.map((answer) => answer.text()))).toEqual([
      'protocol',
      'protocol',
      'page',
      'page',
    ])
    expect(answers[0]?.headers.get('content-security-policy')).toBeNull()
    expect(answers[0]?.headers.get('strict-transport-security')).toContain('max-age')
  })

  it('answers with a sentence and 503 while the database is away, and by itself again when it is back', async () => {
    doors.isDatabaseUp = () => false
    const away = await fetch(`${base}/oauth/token`, { method: 'POST' })
    expect(away.status).toBe(503)
    expect(away.headers.get('retry-after')).toBe('5')
    expect(await away.json()).toMatchObject({ title: expect.stringContaining('database') })
    expect((await fetch(`${base}/api/health`)).status).toBe(200)
    expect((await fetch(`${base}/api/health/ready`)).status).toBe(503)
    doors.isDatabaseUp = () => true
    expect((await fetch(`${base}/oauth/token`)).status).toBe(200)
    expect((await fetch(`${base}/api/health/ready`)).status).toBe(200)
  })

  it('says 503 rather than 500 when the database went away in the middle', async () => {
    doors.pages = (_request, response) => {
      doors.isDatabaseUp = () => false
      response.statusCode = 500
      response.end('failed')
    }
    expect((await fetch(`${base}/sign-in`)).status).toBe(503)
  })

  it('says 503 also when it is back before the page that met it gone is answered', async () => {
    doors.pages = (_request, response) => {
      currentRequest().isDatabaseAway = true
      response.statusCode = 500
      response.end('failed')
    }
    const answer = await fetch(`${base}/sign-in`)
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5'])
  })

  it('answers a bug with the request’s id and nothing of the error', async () => {
    doors.protocol = () => Promise.reject(new Error('secret detail'))
    const answer = await fetch(`${base}/oauth/token`)
    const body = await answer.text()
    expect(answer.status).toBe(500)
    expect(body).toContain(answer.headers.get('x-request-id'))
    expect(body).not.toContain('secret detail')
  })

  it('is not open before everything is', async () => {
    doors.isReady = () => false
    expect((await fetch(`${base}/sign-in`, { headers: { accept: 'text/html' } })).status).toBe(503)
  })
})

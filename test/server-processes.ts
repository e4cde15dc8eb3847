import { type ChildProcess, spawn } from 'node:child_process'
import { Agent, type IncomingHttpHeaders, request } from 'node:http'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, inject } from 'vitest'
import { readEnvironment, setEnvironment } from '#lib/base/env'
import { syncBuiltInScopes } from '#lib/domain/connected-apps/sync-built-in-scopes'

/** Where all of them are reached, as behind a proxy: what a process listens on is another matter. */
export const PUBLIC_URL = 'http://localhost:3000'
const PROJECT = fileURLToPath(new URL('..', import.meta.url))

export type Asked = {
  form?: Record<string, string>
  /** A bearer token, or an app's own credentials. */
  token?: string
  app?: { clientId: string; secret: string }
  cookie?: string
  /** The address it comes from, as a proxy tells it. */
  from?: string
}
export type Answered = { status: number; headers: IncomingHttpHeaders; body: Record<string, unknown> }
/** A server in a process of its own, on the database of this worker. */
export type ServerProcess = { ask(method: string, path: string, asked?: Asked): Promise<Answered> }

/** So many of them, for the tests of one file. */
export function withServerProcesses(count: number): ServerProcess[] {
  const started: ServerProcess[] = []
  const children: ChildProcess[] = []
  const agent = new Agent({ keepAlive: true })
  beforeAll(async () => {
    setEnvironment(readEnvironment({ PUBLIC_URL }))
    await syncBuiltInScopes(PUBLIC_URL)
    for (const child of Array.from({ length: count }, start)) children.push(child)
    for (const child of children) started.push(await whenItListens(child, agent))
  })
  afterAll(() => {
    agent.destroy()
    for (const child of children) child.disconnect()
  })
  return started
}

function start(): ChildProcess {
  return spawn(process.execPath, ['test/server-process.ts'], {
    cwd: PROJECT,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: process.env.DATABASE_URL,
      SECRET_KEY: inject('secretKey'),
      PUBLIC_URL,
      TRUSTED_PROXIES: '127.0.0.1',
      LOG_LEVEL: 'silent',
      NODE_ENV: 'production',
    },
  })
}

async function whenItListens(child: ChildProcess, agent: Agent): Promise<ServerProcess> {
  const { port } = await new Promise<{ port: number }>((listens, failed) => {
    child.once('message', (address) => listens(address as { port: number }))
    child.once('exit', (code) => failed(new Error(`A server ended (${code}) before it began.`)))
  })
  return { ask: (method, path, asked = {}) => send(agent, port, method, path, asked) }
}

function send(agent: Agent, port: number, method: string, path: string, asked: Asked): Promise<Answered> {
  const { form, token, app, cookie, from } = asked
  const basic = app && Buffer.from(`${app.clientId}:${app.secret}`).toString('base64')
  const body = form && new URLSearchParams(form).toString()
  const headers = {
    host: new URL(PUBLIC_URL).host,
    ...(token && { authorization: `Bearer ${token}` }),
    ...(basic && { authorization: `Basic ${basic}` }),
    ...(cookie && { cookie }),
    ...(from && { 'x-forwarded-for': from }),
    ...(body !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
  }
  return new Promise((answered, failed) => {
    const sent = request({ agent, host: '127.0.0.1', port, method, path, headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.once('error', failed)
      response.once('end', () => {
        const text = Buffer.concat(chunks).toString()
        const isJson = /json/.test(response.headers['content-type'] ?? '')
        answered({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: isJson && text ? JSON.parse(text) : {},
        })
      })
    })
    sent.once('error', failed)
    sent.end(body)
  })
}

import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { afterAll, beforeAll } from 'vitest'
import { makeCertificate } from '#test/certificate'

/** What the server answers with. */
export type Answered = { status?: number; headers?: Record<string, string>; body?: string; isSlow?: boolean }

/**
 * Somebody else's server that publishes keys by https, on this machine. Whoever uses it lets loopback pass for a public address
 * in that test file: `vi.mock('#lib/base/public-address', …)`.
 */
export function withKeyServer() {
  const { cert, key } = makeCertificate()
  const answers = new Map<string, Answered>()
  const state = { origin: '', asked: 0 }
  const server = createServer({ cert, key }, (request, response) => {
    state.asked += 1
    const { status = 200, headers, body = '', isSlow } = answers.get(request.url ?? '') ?? { status: 404 }
    if (isSlow) return
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)
  })
  beforeAll(async () => {
    setDefaultCACertificates([...getCACertificates('default'), cert])
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    state.origin = `https://localhost:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    state,
    /** From now on this is what lies at the path. */
    publish(path: string, answer: Answered | { keys: object[] }): string {
      answers.set(path, 'keys' in answer ? { body: JSON.stringify(answer) } : answer)
      return `${state.origin}${path}`
    },
  }
}

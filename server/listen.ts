import { createServer, type Server } from 'node:http'
import { Refusal } from '#lib/base/refusal'
import type { Door } from './dispatch.ts'

const HEADERS_SECONDS_MAX = 15
const REQUEST_SECONDS_MAX = 60

/** Opens the port, or refuses with a sentence when it is taken or not ours to open. */
export async function listen(door: Door, host: string, port: number): Promise<Server> {
  const server = createServer(
    { headersTimeout: HEADERS_SECONDS_MAX * 1000, requestTimeout: REQUEST_SECONDS_MAX * 1000 },
    (request, response) => void door(request, response),
  )
  await new Promise<void>((opened, failed) => {
    server.once('error', (error: NodeJS.ErrnoException) => failed(refusal(error, host, port)))
    server.listen(port, host, opened)
  })
  server.removeAllListeners('error')
  return server
}

/** Stops taking requests in, waits for those under way, and cuts off what is not done after `secondsMax`. */
export async function stopListening(server: Server, secondsMax: number): Promise<void> {
  const closed = new Promise((done) => server.close(done))
  server.closeIdleConnections()
  const cutting = setTimeout(() => server.closeAllConnections(), secondsMax * 1000)
  await closed
  clearTimeout(cutting)
}

function refusal(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const words: Record<string, string> = {
    EADDRINUSE: `Port ${port} on ${host} is in use: stop what uses it, or choose another with PORT.`,
    EACCES: `Port ${port} may not be opened by this user: choose one above 1023 with PORT.`,
    EADDRNOTAVAIL: `${host} is no address of this machine: set HOST to one that is.`,
    ENOTFOUND: `${host} is no address of this machine: set HOST to one that is.`,
  }
  const sentence = words[error.code ?? '']
  return sentence ? new Refusal('unavailable', sentence) : error
}

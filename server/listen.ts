import { createServer, type Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { Refusal } from '#lib/base/refusal'
import type { Door } from './dispatch.ts'

const HEADERS_SECONDS_MAX = 15
const REQUEST_SECONDS_MAX = 60

/** A server with its sockets: those turned into web sockets never end by themselves. */
export type Listening = { server: Server; open: Set<Duplex>; upgraded: Set<Duplex> }

/** Opens the port, or refuses with a sentence when it is taken or not ours to open. */
export async function listen(
  door: Door,
  { host, port, takesWebSockets }: { host: string; port: number; takesWebSockets: boolean },
): Promise<Listening> {
  const server = createServer(
    {
      headersTimeout: HEADERS_SECONDS_MAX * 1000,
      requestTimeout: REQUEST_SECONDS_MAX * 1000,
      // Some clients offer HTTP/2 with every request; that is an offer, and the request is answered as it is.
      shouldUpgradeCallback: ({ headers }) => takesWebSockets && headers.upgrade === 'websocket',
    },
    (request, response) => void door(request, response),
  )
  const open = new Set<Duplex>()
  const upgraded = new Set<Duplex>()
  server.on('connection', (socket) => keepWhileOpen(open, socket))
  server.on('upgrade', (_request, socket) => keepWhileOpen(upgraded, socket))
  await new Promise<void>((opened, failed) => {
    server.once('error', (error: NodeJS.ErrnoException) => void refusal(error, host, port).then(failed))
    server.listen(port, host, opened)
  })
  server.removeAllListeners('error')
  return { server, open, upgraded }
}

/** Stops taking requests in, waits for those under way, and cuts off what is not done after `secondsMax`. */
export async function stopListening(
  { server, open, upgraded }: Listening,
  secondsMax: number,
): Promise<void> {
  const closed = new Promise((done) => server.close(done))
  server.closeIdleConnections()
  for (const socket of upgraded) socket.destroy()
  const cutting = setTimeout(() => {
    for (const socket of open) socket.destroy()
  }, secondsMax * 1000)
  await closed
  clearTimeout(cutting)
}

function keepWhileOpen(sockets: Set<Duplex>, socket: Duplex): void {
  sockets.add(socket)
  socket.once('close', () => sockets.delete(socket))
}

async function refusal(error: NodeJS.ErrnoException, host: string, port: number): Promise<Error> {
  const words: Record<string, string> = {
    EADDRINUSE: `Port ${port} on ${host} is in use: stop what uses it, or choose another with PORT.`,
    EACCES: `Port ${port} may not be opened by this user: choose one above 1023 with PORT.`,
    EADDRNOTAVAIL: `${host} is no address of this machine: set HOST to one that is.`,
    ENOTFOUND: `${host} is no address of this machine: set HOST to one that is.`,
  }
  if (error.code === 'EADDRINUSE' && (await isGatehouse(host, port))) {
    return new Refusal(
      'conflict',
      `A Gatehouse already answers at port ${port}: use it, stop it, or choose another with PORT.`,
    )
  }
  const sentence = words[error.code ?? '']
  return sentence ? new Refusal('unavailable', sentence) : error
}

async function isGatehouse(host: string, port: number): Promise<boolean> {
  const name = host.includes(':') ? `[${host}]` : host
  const signal = AbortSignal.timeout(1000)
  const answer = fetch(`http://${name}:${port}/api/health`, { signal }).then((response) => response.json())
  const health: unknown = await answer.catch(() => undefined)
  return typeof health === 'object' && health !== null && 'status' in health && health.status === 'ok'
}

import type { IncomingMessage, ServerResponse } from 'node:http'
import { leadToOurAddress } from './other-addresses.ts'
import { provider } from './provider.ts'

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>

const handlers = new WeakMap<object, Handler>()

/** Answers `/oauth/*` and the documents below `/.well-known/`. The process has normalized the request and given it its context. */
export async function handleOAuth(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const server = await provider()
  let handler = handlers.get(server)
  if (!handler) {
    handler = server.callback() as Handler
    handlers.set(server, handler)
  }
  await leadToOurAddress(request)
  await handler(request, response)
}

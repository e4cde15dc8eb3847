import { environment, readEnvironment, setEnvironment } from '#lib/base/env'
import { setSecretKey } from '#lib/base/secret-key'
import { ownApiAudience } from '#lib/domain/connected-apps/sync-built-in-scopes'
import { handleRest } from '#lib/gateways/rest/handle-rest'
import { type Door, dispatcher } from '../server/dispatch.ts'
import { listen } from '../server/listen.ts'
import { openProtocol } from '../server/protocol.ts'

/*
 * A process of the product, without its pages: the same front door, the authorization server and our own API, on the database
 * and with the key that the environment names. Tells its port to whoever started it, and ends with them.
 */
setEnvironment(readEnvironment(process.env))
setSecretKey(environment().secretKey ?? Buffer.alloc(0))

const api: Door = async (request, response) => {
  const { publicUrl } = environment()
  const hasBody = request.method !== 'GET' && request.method !== 'HEAD'
  const asked = new Request(new URL(request.url ?? '/', publicUrl), {
    method: request.method ?? 'GET',
    headers: Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    body: hasBody ? Buffer.concat(await request.toArray()) : null,
  })
  const audience = ownApiAudience(publicUrl)
  const answer = await handleRest(asked, { consoleActor: async () => null, audience })
  response.writeHead(answer.status, Object.fromEntries(answer.headers))
  response.end(Buffer.from(await answer.arrayBuffer()))
}

const door = dispatcher({
  pages: api,
  protocol: await openProtocol(),
  isReady: () => true,
  isDatabaseUp: () => true,
  isDevelopment: false,
})
const { server } = await listen(door, { host: '127.0.0.1', port: 0, takesWebSockets: false })
process.on('disconnect', () => process.exit())
process.send?.(server.address())

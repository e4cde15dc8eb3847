import type { IncomingMessage, ServerResponse } from 'node:http'
import { DATABASE_AWAY } from '#lib/base/database-away'
import { environment } from '#lib/base/env'
import { log } from '#lib/base/log'
import { type RequestContext, withinRequest } from '#lib/base/request-context'
import { answerPlainly } from './answer.ts'
import { beforeHeaders } from './before-headers.ts'
import { freshBytes } from './fresh-bytes.ts'
import { answerHealth } from './health.ts'
import { misdirection } from './misdirected.ts'
import { normalizeRequest } from './normalize-request.ts'
import { requestTarget } from './request-target.ts'
import { contentSecurityPolicy, setSecurityHeaders } from './security-headers.ts'

export type Door = (request: IncomingMessage, response: ServerResponse) => unknown

export type Doors = {
  /** Next.js: pages, actions, route handlers. */
  pages: Door
  /** OAuth and OpenID Connect, without Next's routing in between. */
  protocol: Door
  /** Whether everything behind the doors has begun. */
  isReady(): boolean
  isDatabaseUp(): boolean
  isDevelopment: boolean
}

const PROTOCOL = /^\/(oauth|device|\.well-known|accounts\/api\/v2\/oauth2)(\/|\?|$)/
/** Files of the build: they need neither a policy nor the database. */
const BUILT = /^\/_next\/static\//

/** Longer than any browser's; what is longer tells nobody anything. */
const USER_AGENT_MAX = 300

const NO_ADDRESS = 'That is no address. Check the link.'
const STARTING = 'Gatehouse is starting. Try again in a moment.'

/** Takes every request in: makes it honest, gives it its context and its headers, and leads it to its door. */
export function dispatcher(doors: Doors): Door {
  const publicUrl = new URL(environment().publicUrl)
  const isHttps = publicUrl.protocol === 'https:'
  const isReady = () => doors.isReady() && doors.isDatabaseUp()

  return (request, response) => {
    const target = requestTarget(request.url)
    if (answerHealth(target?.url, response, isReady)) return
    request.url = target?.url ?? '/'
    const { method, url: path } = request
    const wrong = misdirection({ method, url: path, host: target?.host ?? request.headers.host }, publicUrl)
    const context = begin(request, response, publicUrl)
    setSecurityHeaders(response, isHttps)
    if (!target) return answerPlainly(request, response, 400, NO_ADDRESS)
    if (wrong?.status === 307) return response.writeHead(307, { Location: wrong.location }).end()
    if (wrong) return answerPlainly(request, response, 421, wrong.sentence)
    if (!doors.isReady()) return answerPlainly(request, response, 503, STARTING)
    if (BUILT.test(path)) return doors.pages(request, response)
    if (!doors.isDatabaseUp()) return answerPlainly(request, response, 503, DATABASE_AWAY)

    const isProtocol = PROTOCOL.test(path)
    const policy = () => contentSecurityPolicy({ ...context, isHttps, isDevelopment: doors.isDevelopment })
    if (!isProtocol) {
      // Next takes the nonce from here.
      request.headers['content-security-policy'] = policy()
      request.headers['x-nonce'] = context.nonce
    }
    beforeHeaders(response, (status) => {
      // A picture has a stricter one of its own.
      if (!isProtocol && !response.hasHeader('Content-Security-Policy'))
        response.setHeader('Content-Security-Policy', policy())
      // It may be back by now, and this request met it gone all the same.
      if (status !== 500 || (doors.isDatabaseUp() && !context.isDatabaseAway)) return status
      response.setHeader('Retry-After', '5')
      return 503
    })
    return withinRequest(context, () => enter(isProtocol ? doors.protocol : doors.pages, request, response))
  }
}

function begin(request: IncomingMessage, response: ServerResponse, publicUrl: URL): RequestContext {
  const began = performance.now()
  const { ip, id } = normalizeRequest(request, publicUrl, environment().trustedProxies)
  const context: RequestContext = {
    id: id ?? `req_${freshBytes(10).toString('hex')}`,
    ip,
    userAgent: request.headers['user-agent']?.slice(0, USER_AGENT_MAX),
    path: request.url,
    nonce: freshBytes(16).toString('base64'),
    formActions: new Set(),
    lookedUp: new Map(),
  }
  request.headers['x-request-id'] = context.id
  response.setHeader('X-Request-Id', context.id)
  // The path alone: queries carry codes and states.
  const about = { request: context.id, method: request.method, path: request.url?.split('?', 1)[0] }
  response.once('finish', () => {
    const milliseconds = Math.round(performance.now() - began)
    log().debug({ ...about, status: response.statusCode, milliseconds }, 'answered')
  })
  return context
}

async function enter(door: Door, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    await door(request, response)
  } catch (error) {
    const id = response.getHeader('X-Request-Id')
    log().error({ err: error, request: id }, 'a request failed')
    if (response.headersSent) response.destroy()
    else answerPlainly(request, response, 500, `Something went wrong (request ${id}).`)
  }
}

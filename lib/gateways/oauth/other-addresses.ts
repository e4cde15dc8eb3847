import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { ROUTES } from './routes.ts'

const BELOW = '/accounts/api/v2/oauth2'

/** Where scripts written for Anypoint look for what is elsewhere here. */
const ADDRESSES: Record<string, string> = {
  '/authorize': ROUTES.authorization,
  '/token': ROUTES.token,
  '/revoke': ROUTES.revocation,
  '/introspect': ROUTES.introspection,
  '/userinfo': ROUTES.userinfo,
  '/.well-known/openid-configuration': '/.well-known/openid-configuration',
}

/** As much as the provider reads of a form. */
const BODY_BYTES_MAX = 56 * 1024

/**
 * Leads a request for one of those addresses to ours, and makes a form of JSON, which those scripts send to the token and
 * revocation endpoints: RFC 6749 §3.2 knows forms alone. Everything else stays as it came; the authorization server judges it.
 */
export async function leadToOurAddress(request: IncomingMessage): Promise<void> {
  const [path = '', query] = (request.url ?? '').split('?', 2)
  if (!path.startsWith(`${BELOW}/`)) return
  const own = ADDRESSES[path.slice(BELOW.length)]
  if (!own) return
  request.url = query === undefined ? own : `${own}?${query}`
  const takesForm = own === ROUTES.token || own === ROUTES.revocation || own === ROUTES.introspection
  if (takesForm && request.method === 'POST' && isJson(request)) await makeForm(request)
}

function isJson({ headers }: IncomingMessage): boolean {
  return headers['content-type']?.split(';')[0]?.trim().toLowerCase() === 'application/json'
}

/** The body has been read: what the provider reads of the request from now on is the form. */
async function makeForm(request: IncomingMessage): Promise<void> {
  const form = Buffer.from(new URLSearchParams(membersOf(await textOf(request))).toString())
  request.headers['content-type'] = 'application/x-www-form-urlencoded'
  request.headers['content-length'] = String(form.byteLength)
  delete request.headers['transfer-encoding']
  Object.defineProperties(request, {
    readable: { value: true },
    iterator: { value: () => Readable.from([form]).iterator() },
  })
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength
    if (bytes > BODY_BYTES_MAX) return ''
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}

/** Members that are text; what is no JSON object has none, and the provider says what is missing. */
function membersOf(text: string): [string, string][] {
  try {
    const body: unknown = JSON.parse(text)
    if (typeof body !== 'object' || body === null) return []
    return Object.entries(body).flatMap(([name, value]): [string, string][] =>
      typeof value === 'string' ? [[name, value]] : [],
    )
  } catch {
    return []
  }
}

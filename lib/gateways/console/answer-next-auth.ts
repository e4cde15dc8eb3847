import nextAuth from 'next-auth'
import { nextAuthOptions } from './next-auth.ts'

/** What browsers need of next-auth. It offers more: pages of its own, and an endpoint by which anyone writes into the log. */
const ACTS: Record<string, readonly string[]> = {
  callback: ['POST'],
  csrf: ['GET'],
  providers: ['GET'],
  session: ['GET', 'POST'],
  signin: ['GET', 'POST'],
  signout: ['GET', 'POST'],
}
/** Far more than a login and a password. */
const BODY_BYTES_MAX = 16 * 1024

type Context = { params: Promise<{ nextauth: string[] }> }

/**
 * Answers next-auth's own addresses, for who uses its client. The options hold keys and the public URL, which exist only once
 * the process runs: they are read per request. A body must say how long it is, because next-auth reads it whole.
 */
export async function answerNextAuth(request: Request, context: Context): Promise<Response> {
  const [act = ''] = (await context.params).nextauth
  const methods = Object.hasOwn(ACTS, act) ? ACTS[act] : undefined
  if (!methods) return plain(404, 'There is nothing here.')
  if (!methods.includes(request.method)) return plain(405, `This address takes ${methods.join(', ')}.`)
  if (request.method === 'POST') {
    const length = request.headers.get('content-length')
    if (length === null) return plain(411, 'Say how long the body is.')
    if (!(Number(length) <= BODY_BYTES_MAX)) return plain(413, 'That is more than this address takes.')
  }
  return nextAuth(request as never, context as never, nextAuthOptions())
}

function plain(status: number, sentence: string): Response {
  return Response.json({ error: sentence }, { status, headers: { 'cache-control': 'no-store' } })
}

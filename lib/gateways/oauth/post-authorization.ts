import type Koa from 'koa'
import { AUTHORIZATION_PATH } from './routes.ts'

/** What still fits into the address of the request that follows. */
const BODY_BYTES_MAX = 12 * 1024

/**
 * Authorization requests by POST (OpenID Connect Core §3.1.2.1): answered with the same request by GET. A post from an
 * app's page comes without our cookies, as it should; the navigation that follows brings them.
 */
export async function acceptPostedAuthorization(ctx: Koa.Context, next: Koa.Next): Promise<void> {
  if (ctx.method !== 'POST' || ctx.path !== AUTHORIZATION_PATH) return next()
  const body = ctx.is('application/x-www-form-urlencoded') ? await read(ctx) : undefined
  if (body === undefined) {
    ctx.status = 400
    ctx.body = {
      error: 'invalid_request',
      error_description: `an authorization request by POST is a form of at most ${BODY_BYTES_MAX} bytes`,
    }
    return
  }
  const parameters = new URLSearchParams(body)
  for (const [name, value] of new URLSearchParams(ctx.querystring)) parameters.append(name, value)
  ctx.status = 303
  ctx.set('Location', `${AUTHORIZATION_PATH}?${parameters}`)
  ctx.set('Cache-Control', 'no-store')
}

async function read(ctx: Koa.Context): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of ctx.req) {
    bytes += chunk.length
    if (bytes > BODY_BYTES_MAX) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}

import nextAuth from 'next-auth'
import { nextAuthOptions } from '#lib/gateways/console/next-auth'

type Context = { params: Promise<{ nextauth: string[] }> }

/** The options hold keys and the public URL, which exist only once the process runs: they are read per request. */
function answer(request: Request, context: Context): Promise<Response> {
  return nextAuth(request as never, context as never, nextAuthOptions())
}

export { answer as GET, answer as POST }

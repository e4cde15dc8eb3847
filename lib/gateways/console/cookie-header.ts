import { headers } from 'next/headers'

/** The request's own `Cookie` header, for gateways that read their cookies themselves. */
export async function cookieHeader(): Promise<string> {
  return (await headers()).get('cookie') ?? ''
}

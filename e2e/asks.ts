import { environment } from '#lib/base/env'

/** What the token endpoint answers to an app that shows this secret and a refresh token of nobody's. */
export async function authenticate(
  clientId: string,
  secret: string,
): Promise<{ status: number; error: string }> {
  const shown = Buffer.from(`${clientId}:${encodeURIComponent(secret)}`).toString('base64')
  const answer = await fetch(`${environment().publicUrl}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: 'of nobody' }),
    headers: { authorization: `Basic ${shown}` },
  })
  const { error } = (await answer.json()) as { error: string }
  return { status: answer.status, error }
}

/** What our own API answers to a token. */
export async function callApi(token: string, path: string): Promise<number> {
  const url = `${environment().publicUrl}/api/v1/${path}`
  const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } })
  return answer.status
}

import { withinRequest } from '#lib/base/request-context'
import { handleAnypoint } from '#lib/gateways/anypoint/handle-anypoint'
import { AUDIENCE } from '#test/own-api'
import { requestFrom } from '#test/request-from'

export type Sent = { token?: string; body?: unknown; headers?: Record<string, string>; ip?: string }

/** Asks as a script written for Anypoint does. `path` is below `/accounts`. */
export async function askAnypoint(
  method: string,
  path: string,
  { token, body, headers = {}, ip }: Sent = {},
) {
  const request = new Request(`http://localhost:3000/accounts${path}`, {
    method,
    headers: {
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    },
    body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
  })
  const handled = () => handleAnypoint(request, { audience: AUDIENCE })
  const response = await (ip ? withinRequest(requestFrom(ip), handled) : handled())
  const text = await response.text()
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? undefined : JSON.parse(text),
  }
}

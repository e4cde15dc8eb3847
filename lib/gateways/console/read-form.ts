import { environment } from '../../base/env.ts'
import { FORM_TOKEN_FIELD, isFormToken } from '../../base/form-token.ts'
import { Refusal } from '../../base/refusal.ts'
import { sessionIdInCookies } from '../../base/session-cookie.ts'

/** Far more than any of our forms holds. */
const FORM_BYTES_MAX = 64 * 1024

/** A form's fields as text: one value each, or several under `all`. */
export type Form = { get(name: string): string; all(name: string): string[] }

/**
 * Reads a posted form after making sure that our own page sent it: the browser says it came from this origin, and its
 * token was made for this act in this session. Refuses everything else in words. `seen` hears of each field of a form
 * that came from here, so that nothing typed is lost when its token was too old.
 */
export async function readForm(
  request: Request,
  act: string,
  seen: (field: string, value: string) => void = () => undefined,
): Promise<Form> {
  if (!isFromHere(request.headers)) {
    throw new Refusal('forbidden', 'This form was sent from another site. Nothing was changed.')
  }
  const data = await fieldsOf(request)
  for (const [field, value] of data) seen(field, value)
  const sessionId = await sessionIdInCookies(request.headers.get('cookie'))
  if (!isFormToken(data.get(FORM_TOKEN_FIELD), act, sessionId)) {
    throw new Refusal(
      'expired',
      'This page was open for too long, or you signed in or out meanwhile. Please try once more.',
    )
  }
  return { get: (name) => data.get(name) ?? '', all: (name) => data.getAll(name) }
}

/**
 * Whether a browser says that the request comes from our own pages. `Sec-Fetch-Site` cannot be set by scripts; where it
 * is missing, `Origin` decides; where both are missing, no browser of today sent this form.
 */
export function isFromHere(headers: Headers): boolean {
  const site = headers.get('sec-fetch-site')
  if (site) return site === 'same-origin'
  return headers.get('origin') === environment().publicUrl
}

async function fieldsOf(request: Request): Promise<URLSearchParams> {
  if (!request.headers.get('content-type')?.startsWith('application/x-www-form-urlencoded')) {
    throw new Refusal('invalid', 'This is no form of ours.')
  }
  if (Number(request.headers.get('content-length') ?? 0) > FORM_BYTES_MAX) throw tooLong()
  const text = await textUpTo(request, FORM_BYTES_MAX)
  return new URLSearchParams(text)
}

/** The announced length may be missing or wrong, so what arrives is counted too. */
async function textUpTo(request: Request, bytesMax: number): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > bytesMax) throw tooLong()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function tooLong(): Refusal {
  return new Refusal('invalid', 'That is more text than this form takes.')
}

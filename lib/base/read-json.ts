/** A body that is no JSON object, or too long: with the HTTP status that says so. */
export class UnreadableBody extends Error {
  readonly status: 400 | 413 | 415

  constructor(status: 400 | 413 | 415, sentence: string) {
    super(sentence)
    this.status = status
  }
}

/** A thousand scopes in five thousand places fit; nothing we take is longer. */
export const BODY_BYTES_MAX = 1_048_576

/** The JSON object of a request, or an empty one if nothing was sent. Refuses other media types, more than 1 MiB, and what is no object. */
export async function readJson(request: Request): Promise<Record<string, unknown>> {
  const text = await readText(request)
  if (text === '') return {}
  const mediaType = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (mediaType !== 'application/json' && mediaType !== 'application/merge-patch+json') {
    throw new UnreadableBody(415, 'Send JSON, with the content type application/json.')
  }
  const body = parsed(text)
  if (typeof body === 'object' && body !== null && !Array.isArray(body))
    return body as Record<string, unknown>
  throw new UnreadableBody(400, 'The body is no JSON object.')
}

/** Counts while reading: what a header says of the length proves nothing. */
async function readText(request: Request): Promise<string> {
  if (!request.body) return ''
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength
    if (bytes > BODY_BYTES_MAX) throw new UnreadableBody(413, 'The body is longer than 1 MiB.')
    chunks.push(chunk)
  }
  return decoded(Buffer.concat(chunks))
}

function decoded(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new UnreadableBody(400, 'The body is no UTF-8 text.')
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new UnreadableBody(400, 'The body is no valid JSON.')
  }
}

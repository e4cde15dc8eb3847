import { hash } from 'node:crypto'
import { environment } from '../../../base/env.ts'
import { apiDocument } from './document.ts'

/** Where the document lies, below the root of the API. */
export const DOCUMENT_PATH = '/openapi.json'

type Written = { text: string; etag: string }

/** Made once per address we are reached at. */
const written = new Map<string, Written>()

/** The document, for anyone: it says nothing of any organization. Caches may keep it for five minutes. */
export function documentResponse(request: Request): Response {
  const { text, etag } = document()
  const headers = { ETag: etag, 'Cache-Control': 'public, max-age=300' }
  if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers })
  return new Response(request.method === 'HEAD' ? null : text, {
    headers: { ...headers, 'Content-Type': 'application/json' },
  })
}

function document(): Written {
  const { publicUrl } = environment()
  const known = written.get(publicUrl)
  if (known) return known
  const text = JSON.stringify(apiDocument())
  const made = { text, etag: `"${hash('sha256', text, 'base64url').slice(0, 22)}"` }
  written.set(publicUrl, made)
  return made
}

import { type CreateDocumentOptions, createDocument, type ZodOpenApiPathsObject } from 'zod-openapi'
import { environment } from '../../../base/env.ts'
import { API_ROOT } from '../api-root.ts'
import { ROUTES_BY_NOUN } from '../routes.ts'
import { HEADERS } from './headers.ts'
import { operationOf } from './operation.ts'
import { PROBLEM_RESPONSES } from './problems.ts'
import { securitySchemes } from './security.ts'

export type ApiDocument = ReturnType<typeof createDocument>

const ABOUT = `The very verbs that the console runs, for scripts.

**Who asks.** An OAuth access token as \`Authorization: Bearer …\`: an app acting for itself may do what its scopes allow in the organizations chosen
for each; one acting for a person what the person may do there, as far as the scopes go. A session of the console counts for reading only.

**Answers** are JSON; a refusal is a problem (RFC 9457) with a sentence for people in \`detail\` and one per field in \`fields\`. Lists answer \`data\` and
\`next\`: hand \`next\` back as \`cursor\`, or follow the \`Link\` header. What lies out of the caller’s reach looks like what is not there.

**Saving** what has a version needs its \`ETag\` in \`If-Match\`. **Creating** takes an \`Idempotency-Key\`: the same request with the same key happens once.

IDs are opaque; a new member of an answer is no breaking change.`

const OPTIONS: CreateDocumentOptions = { reused: 'inline' }

/** Made once per address we are reached at. */
const made = new Map<string, ApiDocument>()

/** What our own API takes and answers, as OpenAPI 3.1, made of the routes themselves. */
export function apiDocument(): ApiDocument {
  const { publicUrl } = environment()
  const document = made.get(publicUrl) ?? makeDocument(publicUrl)
  made.set(publicUrl, document)
  return document
}

function makeDocument(publicUrl: string): ApiDocument {
  return createDocument(
    {
      openapi: '3.1.0',
      info: {
        title: 'Gatehouse Access Management API',
        version: '1',
        description: ABOUT,
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: `${publicUrl}${API_ROOT}` }],
      tags: ROUTES_BY_NOUN.map(({ noun }) => ({ name: noun })),
      paths: paths(),
      components: {
        securitySchemes: securitySchemes(publicUrl),
        responses: PROBLEM_RESPONSES,
        headers: HEADERS,
      },
    },
    OPTIONS,
  )
}

function paths(): ZodOpenApiPathsObject {
  const found: ZodOpenApiPathsObject = {}
  for (const { noun, routes } of ROUTES_BY_NOUN) {
    for (const route of routes) {
      found[route.path] = {
        ...found[route.path],
        [route.method.toLowerCase()]: operationOf(route, noun),
      }
    }
  }
  return found
}

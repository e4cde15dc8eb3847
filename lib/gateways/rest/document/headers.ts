import type { ZodOpenApiHeaderObject } from 'zod-openapi'

const text = { type: 'string' } as const

/** The headers that answers carry, by name. */
export const HEADERS = {
  ETag: {
    description: 'The version: send it as `If-Match` to save from it.',
    schema: text,
    example: '"3"',
  },
  Location: { description: 'Where the new thing is.', schema: text },
  Link: {
    description: 'The next page (RFC 8288), where there is one.',
    schema: text,
    example: '</api/v1/organizations/org_…/connected-apps?cursor=WyJ…>; rel="next"',
  },
  'RateLimit-Policy': {
    description: 'How many requests (`q`) the caller has in how many seconds (`w`).',
    schema: text,
    example: '"app";q=1200;w=60',
  },
  RateLimit: {
    description: 'How many of them are left (`r`), and in how many seconds they begin anew (`t`).',
    schema: text,
    example: '"app";r=1187;t=41',
  },
  'Retry-After': { description: 'After how many seconds to try again.', schema: { type: 'integer' } },
  'Idempotency-Replayed': {
    description: '`true` where the request had happened before, and this is what it was answered then.',
    schema: text,
  },
  'WWW-Authenticate': { description: 'How to say who asks (RFC 6750).', schema: text },
} as const satisfies Record<string, ZodOpenApiHeaderObject>

export type HeaderName = keyof typeof HEADERS

/** These headers, by reference. */
export function headers(...names: HeaderName[]) {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]))
}

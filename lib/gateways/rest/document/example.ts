/** JSON Schema as the document has it. */
export type Schema = {
  $ref?: string
  type?: string | string[]
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: boolean | Schema
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  enum?: unknown[]
  const?: unknown
  default?: unknown
  examples?: unknown[]
  format?: string
  pattern?: string
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  description?: string
}

const ENDS_NEXT_SUMMER = `${new Date().getUTCFullYear() + 1}-06-30T22:00:00.000Z`

/** What a member of that name would hold, where its schema does not say. */
const BY_NAME: Record<string, unknown> = {
  name: 'Order sync',
  clientId: '4d3c2b1a0f9e8d7c6b5a49382716f5e4',
  redirectUris: ['https://orders.example.com/callback'],
  scopes: ['connected-apps:read'],
  scope: 'connected-apps:read',
  reason: 'Nobody needs it any more.',
  networks: ['203.0.113.0/24', '2001:db8::/32'],
  ownAddress: '203.0.113.7',
  address: '203.0.113.7',
  email: 'ana@example.com',
  emails: ['ana@example.com'],
  fullName: 'Ana Silva',
  username: 'ana',
  login: 'ana',
  website: 'https://orders.example.com',
  description: 'Copies orders to the warehouse.',
  secret: 'ghs_…',
  endsAt: ENDS_NEXT_SUMMER,
  grantTypes: ['authorization_code', 'refresh_token'],
}

/** Members that show what a body is for, though it could do without. */
const TELLING = ['redirectUris', 'scopes', 'login']

/** A value that a schema takes: of an object what it needs, and what tells most. */
export function exampleOf(schema: Schema, named: Record<string, Schema> = {}, name = ''): unknown {
  if (schema.$ref) return exampleOf(named[schema.$ref.split('/').at(-1) ?? ''] ?? {}, named, name)
  if (schema.examples) return schema.examples[0]
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  if (Object.hasOwn(BY_NAME, name)) return BY_NAME[name]
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return exampleOf(choices.find(({ type }) => type !== 'null') ?? {}, named, name)
  const type = Array.isArray(schema.type) ? schema.type.find((one) => one !== 'null') : schema.type
  switch (type) {
    case 'object':
      return exampleOfObject(schema, named)
    case 'array':
      return schema.items ? [exampleOf(schema.items, named, name)] : []
    case 'integer':
    case 'number':
      return schema.default ?? Math.max(schema.minimum ?? 1, 1)
    case 'boolean':
      return true
    default:
      return schema.default ?? text(schema)
  }
}

function exampleOfObject({ properties = {}, required = [] }: Schema, named: Record<string, Schema>) {
  const shown = Object.entries(properties).filter(
    ([name]) => required.includes(name) || TELLING.includes(name),
  )
  return Object.fromEntries(shown.map(([name, schema]) => [name, exampleOf(schema, named, name)]))
}

function text({ format, minLength = 0 }: Schema): string {
  if (format === 'date-time') return '2026-03-14T09:26:53.589Z'
  if (format === 'uri') return 'https://orders.example.com'
  return 'text'.padEnd(minLength, '.')
}

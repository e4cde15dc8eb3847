import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { type ApiDocument, apiDocument } from '#lib/gateways/rest/document/document'

/** What was answered to one request, as a client of our own API sees it. */
export type Answered = { method: string; path: string; status: number; headers: Headers; body: unknown }

type Schema = Record<string, unknown>
type Described = {
  headers?: Record<string, unknown>
  content?: Record<string, { schema: Schema }>
}
type Operation = { responses: Record<string, { $ref: string } | Described> }

/** Says what of an answer the API's document does not describe: nothing, if the two agree. */
export function undescribed(answered: Answered, document: ApiDocument = apiDocument()): string[] {
  const operation = operationAt(document, answered)
  if (!operation) return []
  const response = responseOf(document, operation, answered.status)
  if (!response) return [`${answered.method} ${answered.path} may not answer ${answered.status}`]
  const missing = Object.keys(response.headers ?? {}).filter(
    (name) => ALWAYS.includes(name) && !answered.headers.has(name),
  )
  const media = answered.headers.get('content-type') ?? undefined
  const schema = media && response.content?.[media]?.schema
  if (!schema) {
    if (answered.body !== undefined || (response.content && answered.status !== 204))
      missing.push(`a body of ${media}`)
    return missing
  }
  const validate = validatorOf(document, schema)
  if (answered.body !== undefined && !validate(answered.body))
    missing.push(
      ...(validate.errors ?? []).map(
        (error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`,
      ),
    )
  return missing
}

/** Headers that each answer carries which names them. */
const ALWAYS = ['RateLimit', 'RateLimit-Policy', 'ETag']

function operationAt(document: ApiDocument, { method, path }: Answered): Operation | undefined {
  const segments = path.split('?')[0]?.split('/') ?? []
  const found = Object.entries(document.paths ?? {}).find(([pattern]) => {
    const parts = pattern.split('/')
    return (
      parts.length === segments.length &&
      parts.every((part, at) => part.startsWith('{') || part === segments[at])
    )
  })
  const verb = method === 'HEAD' ? 'get' : method.toLowerCase()
  return found && ((found[1] as Record<string, unknown>)[verb] as Operation | undefined)
}

function responseOf(document: ApiDocument, operation: Operation, status: number): Described | undefined {
  const response = operation.responses[status]
  if (!response || !('$ref' in response)) return response
  const name = response.$ref.replace('#/components/responses/', '')
  return document.components?.responses?.[name] as Described
}

const validators = new Map<string, ValidateFunction>()

/** Strict: a member that the document does not name is an error, because answers hold nothing else. */
function validatorOf(document: ApiDocument, schema: Schema): ValidateFunction {
  const key = JSON.stringify(schema)
  const known = validators.get(key)
  if (known) return known
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  addFormats.default(ajv)
  const made = ajv.compile({ ...schema, components: document.components })
  validators.set(key, made)
  return made
}

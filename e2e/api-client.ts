import { undescribed } from '#test/api-document'

/** What this client reads of the document: an operation by its name, with what it takes. */
type Parameter = { in: 'path' | 'query' | 'header'; name: string; required?: boolean }
type Operation = {
  operationId: string
  parameters?: Parameter[]
  requestBody?: { required?: boolean; content: Record<string, unknown> }
}
type Flow = { tokenUrl: string; scopes: Record<string, string> }
type Document = {
  servers: { url: string }[]
  paths: Record<string, Record<string, Operation>>
  components: { securitySchemes: { oauth: { flows: { clientCredentials: Flow } } } }
}

export type Given = {
  /** Parameters of the path, the query and the headers by name: the document says where each stands. */
  [parameter: string]: unknown
  body?: unknown
}
export type Answer = {
  status: number
  headers: Headers
  body: Record<string, unknown> & { data?: unknown[] }
}
export type Credentials = { clientId: string; secret: string }

/**
 * A client that is made of the API's document and knows nothing else of the API: addresses, parameters, media types and
 * where tokens come from are read there, and every answer is held against it.
 */
export class ApiClient {
  readonly #document: Document
  #token = ''

  private constructor(document: Document) {
    this.#document = document
  }

  static async discover(origin: string): Promise<ApiClient> {
    const response = await fetch(`${origin}/api/v1/openapi.json`)
    return new ApiClient((await response.json()) as Document)
  }

  /** Gets a token by client credentials, as the document says. Returns the status. */
  async authenticate({ clientId, secret }: Credentials): Promise<number> {
    const { tokenUrl } = this.#document.components.securitySchemes.oauth.flows.clientCredentials
    const response = await fetch(tokenUrl, {
      method: 'POST',
      headers: { Authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    })
    const answer = (await response.json()) as { access_token?: string }
    this.#token = answer.access_token ?? this.#token
    return response.status
  }

  async call(operationId: string, { body, ...given }: Given = {}): Promise<Answer> {
    const { method, path, operation } = this.#operation(operationId)
    const sent = { path, query: new URLSearchParams(), headers: new Headers() }
    sent.headers.set('Authorization', `Bearer ${this.#token}`)
    for (const parameter of operation.parameters ?? []) place(parameter, given, sent)
    const [unknown] = Object.keys(given)
    if (unknown) throw new Error(`The document gives ${operationId} no parameter ${unknown}.`)
    if ((body !== undefined) !== Boolean(operation.requestBody)) {
      throw new Error(`The document says another thing of the body of ${operationId}.`)
    }
    const [media] = Object.keys(operation.requestBody?.content ?? {})
    if (media) sent.headers.set('Content-Type', media)
    const search = sent.query.size > 0 ? `?${sent.query}` : ''
    const response = await fetch(`${this.#document.servers[0]?.url}${sent.path}${search}`, {
      method,
      headers: sent.headers,
      body: body === undefined ? undefined : JSON.stringify(body),
    })
    return this.#read(method, sent.path, response)
  }

  async #read(method: string, path: string, response: Response): Promise<Answer> {
    const text = await response.text()
    const { status, headers } = response
    const isJson = /json$/.test(headers.get('content-type') ?? '')
    const body = text === '' ? undefined : isJson ? JSON.parse(text) : text
    const wrong = undescribed({ method, path, status, headers, body }, this.#document as never)
    if (wrong.length > 0) throw new Error(`${method} ${path} answered what no document says: ${wrong}`)
    return { status, headers, body: body ?? {} }
  }

  #operation(operationId: string) {
    for (const [path, methods] of Object.entries(this.#document.paths)) {
      for (const [method, operation] of Object.entries(methods)) {
        if (operation.operationId === operationId) return { method: method.toUpperCase(), path, operation }
      }
    }
    throw new Error(`The document has no operation ${operationId}.`)
  }
}

/** Puts a parameter where the document says, and takes it from what was given. */
function place(
  { in: where, name, required }: Parameter,
  given: Record<string, unknown>,
  sent: { path: string; query: URLSearchParams; headers: Headers },
): void {
  const value = given[name]
  delete given[name]
  if (value === undefined) {
    if (required) throw new Error(`The document asks for ${name}.`)
    return
  }
  if (where === 'path') sent.path = sent.path.replace(`{${name}}`, encodeURIComponent(String(value)))
  if (where === 'query') sent.query.set(name, String(value))
  if (where === 'header') sent.headers.set(name, String(value))
}

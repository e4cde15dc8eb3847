import { environment } from '../../../base/env.ts'
import { PERMISSIONS } from '../../../domain/permissions/catalogue.ts'
import { API_ROOT } from '../api-root.ts'
import type { Route } from '../route.ts'
import { ROUTES_BY_NOUN } from '../routes.ts'
import { type ApiDocument, apiDocument } from './document.ts'
import { exampleOf, type Schema } from './example.ts'
import { type Member, membersOf } from './members.ts'

/** One operation as a line of the page that shows the document. */
export type OperationLine = {
  operation: string
  noun: string
  method: Route['method']
  path: string
  summary: string
  /** What an app's token needs; null: no app may. Undefined: whoever is signed in. */
  scope: string | null | undefined
}

export type Problem = { status: string; title: string; meaning: string }

/** One operation with all that the document says of it. */
export type OperationPage = OperationLine & {
  more: string | undefined
  needs: { permission: string; sentence: string } | null
  /** What stands in the path, the query and the headers. */
  parameters: (Member & { place: string })[]
  body: Member[] | null
  answer: { status: string; members: Member[]; example: unknown } | null
  /** The media types of a file that it answers in place of that. */
  files: readonly string[]
  /** What does as well as that. */
  orNeeds: { permission: string; sentence: string; scope: string | null }[]
  /** What parts of it need besides. */
  alsoNeeds: { permission: string; sentence: string; isPeoples: boolean }[]
  problems: Problem[]
  curl: string
}

/** Every operation whose path, sentence, name or scope holds all the words, by noun. */
export function listOperations(search = ''): { noun: string; operations: OperationLine[] }[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  return ROUTES_BY_NOUN.map(({ noun, routes }) => ({
    noun,
    operations: routes.map((route) => lineOf(route, noun)).filter((line) => holds(line, words)),
  })).filter(({ operations }) => operations.length > 0)
}

/** One operation; null for a name that none has. `ids` stand in its example in place of made-up ones. */
export function getOperation(operation: string, ids: Record<string, string> = {}): OperationPage | null {
  for (const { noun, routes } of ROUTES_BY_NOUN) {
    const route = routes.find((one) => one.operation === operation)
    if (route) return pageOf(route, noun, ids)
  }
  return null
}

function lineOf({ operation, method, path, summary, needs }: Route, noun: string): OperationLine {
  const scope = needs === null ? undefined : PERMISSIONS[needs].scope
  return { operation, noun, method, path, summary, scope }
}

function holds({ operation, noun, method, path, summary, scope }: OperationLine, words: string[]): boolean {
  const text = [operation, noun, method, path, summary, scope].join(' ').toLowerCase()
  return words.every((word) => text.includes(word))
}

type Parameter = { name: string; in: string; required?: boolean; schema: Schema; description?: string }
type Content = { content?: Record<string, { schema: Schema }>; description?: string }
type Described = {
  parameters?: Parameter[]
  requestBody?: Content
  responses: Record<string, Content & { $ref?: string }>
}

function pageOf(route: Route, noun: string, ids: Record<string, string>): OperationPage {
  const document = apiDocument()
  const named = (document.components?.schemas ?? {}) as Record<string, Schema>
  const described = describedIn(document, route)
  const body = described.requestBody?.content?.['application/json']?.schema
  const { needs } = route
  return {
    ...lineOf(route, noun),
    more: route.more,
    needs: needs && { permission: needs, sentence: PERMISSIONS[needs].sentence },
    parameters: (described.parameters ?? []).flatMap((parameter) => parameterIn(parameter, named)),
    body: body ? membersOf(body, named) : null,
    answer: answerIn(described, named),
    files: route.files ?? [],
    orNeeds: (route.orNeeds ?? []).map((permission) => ({ permission, ...PERMISSIONS[permission] })),
    alsoNeeds: (route.alsoNeeds ?? []).map((permission) => ({
      permission,
      sentence: PERMISSIONS[permission].sentence,
      isPeoples: PERMISSIONS[permission].scope === null,
    })),
    problems: problemsIn(document, described),
    curl: curlOf(route, described.parameters ?? [], body && exampleOf(body, named), ids),
  }
}

function describedIn(document: ApiDocument, { method, path }: Route): Described {
  const item = document.paths?.[path] as Record<string, Described> | undefined
  const described = item?.[method.toLowerCase()]
  if (!described) throw new Error(`The document lacks ${method} ${path}.`)
  return described
}

const PLACES: Record<string, string> = { path: 'path', query: 'query', header: 'header' }

function parameterIn(parameter: Parameter, named: Record<string, Schema>): OperationPage['parameters'] {
  const { name, required = false, schema, description } = parameter
  const alone = { properties: { [name]: schema }, required: required ? [name] : [] }
  return membersOf(alone, named).map((member) => ({
    ...member,
    description: description ?? member.description,
    place: PLACES[parameter.in] ?? parameter.in,
  }))
}

function answerIn({ responses }: Described, named: Record<string, Schema>): OperationPage['answer'] {
  const [status, response] = Object.entries(responses).find(([one]) => one.startsWith('2')) ?? []
  const schema = response?.content?.['application/json']?.schema
  if (!status || !schema) return null
  return { status, members: membersOf(schema, named), example: exampleOf(schema, named) }
}

function problemsIn(document: ApiDocument, { responses }: Described): Problem[] {
  return Object.entries(responses).flatMap(([status, { $ref }]) => {
    const name = $ref?.split('/').at(-1)
    const shared = name ? (document.components?.responses?.[name] as Content | undefined) : undefined
    const title = (name ?? '').replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ')
    return shared ? [{ status, title, meaning: shared.description ?? '' }] : []
  })
}

/** The request as somebody would type it, line by line. */
function curlOf(
  { method, path }: Route,
  parameters: Parameter[],
  body: unknown,
  ids: Record<string, string>,
): string {
  const exampleIn = ({ name, schema }: Parameter) => ids[name] ?? String(exampleOf(schema, {}, name))
  const filled = parameters
    .filter((one) => one.in === 'path')
    .reduce((address, one) => address.replace(`{${one.name}}`, exampleIn(one)), path)
  const query = new URLSearchParams(
    parameters.filter((one) => one.in === 'query' && one.required).map((one) => [one.name, exampleIn(one)]),
  ).toString()
  const url = `${environment().publicUrl}${API_ROOT}${filled}${query ? `?${query}` : ''}`
  const headers = parameters.filter((one) => one.in === 'header')
  return [
    `curl ${method === 'GET' ? '' : `-X ${method} `}${quoted(url)}`,
    '-H "Authorization: Bearer $TOKEN"',
    ...headers.map((one) => `-H ${quoted(`${one.name}: ${exampleIn(one)}`)}`),
    ...(body === undefined
      ? []
      : [`-H ${quoted('Content-Type: application/json')}`, `-d ${quoted(JSON.stringify(body, null, 2))}`]),
  ].join(' \\\n  ')
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

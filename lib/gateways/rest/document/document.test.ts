import { Validator } from '@seriousme/openapi-schema-validator'
import { beforeAll, describe, expect, it } from 'vitest'
import { readEnvironment, setEnvironment } from '#lib/base/env'
import { ROUTES } from '../routes.ts'
import { type ApiDocument, apiDocument } from './document.ts'

type SecuritySchemeObject = { flows?: { clientCredentials?: { scopes: object } } }

let document: ApiDocument
beforeAll(() => {
  setEnvironment(readEnvironment({ PUBLIC_URL: 'https://gatehouse.example.com' }))
  document = apiDocument()
})

type Operation = { operationId: string; security: Record<string, string[]>[]; responses: object }

const operations = () =>
  Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    Object.entries(item as Record<string, Operation>).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      operation,
    })),
  )

/** Every schema in the document, with where it stands. */
function schemasIn(value: unknown, at = ''): { at: string; schema: Record<string, unknown> }[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => [
    ...(name === 'schema' || /\/(schemas|properties)$/.test(at)
      ? [{ at: `${at}/${name}`, schema: inner as Record<string, unknown> }]
      : []),
    ...schemasIn(inner, `${at}/${name}`),
  ])
}

describe('the document of our own API', () => {
  it('is OpenAPI 3.1 as the specification’s own schema has it', async () => {
    const result = await new Validator().validate(JSON.parse(JSON.stringify(document)))
    expect(result).toMatchObject({ valid: true })
    expect(document.openapi).toBe('3.1.0')
  })

  it('describes every route, and nothing else', () => {
    const routes = ROUTES.map(({ method, path }) => `${method} ${path}`)
    expect(
      operations()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(routes.sort())
  })

  it('asks of an app’s token the very scope that the permission catalogue names', () => {
    const { oauth: scheme } = document.components?.securitySchemes ?? {}
    const scopes = (scheme as SecuritySchemeObject | undefined)?.flows?.clientCredentials?.scopes ?? {}
    expect(Object.keys(scopes).length).toBeGreaterThan(5)
    for (const { operation } of operations()) {
      for (const scope of operation.security.flatMap(({ oauth = [] }) => oauth))
        expect(scopes).toHaveProperty([scope])
    }
  })

  it('says of each member what it is', () => {
    const empty = schemasIn(document).filter(({ schema }) => Object.keys(schema).length === 0)
    // What an event tells besides is different for each kind of event.
    expect(empty.map(({ at }) => at)).toEqual([])
  })

  it('lets only reading be done by a cookie', () => {
    for (const { name, operation } of operations()) {
      const takesCookie = operation.security.some((one) => 'session' in one)
      expect(takesCookie).toBe(name.startsWith('GET '))
    }
  })
})

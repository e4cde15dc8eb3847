import { describe, expect, it } from 'vitest'
import { PERMISSIONS } from '#lib/domain/permissions/catalogue'
import { ID_KINDS } from './route.ts'
import { ROUTES } from './routes.ts'

const named = ROUTES.map((route) => ({ ...route, name: `${route.method} ${route.path}` }))

describe('a route of our own API', () => {
  it.each(named)('$name says in a sentence what it does', ({ summary, more }) => {
    for (const sentence of [summary, more]) expect(sentence ?? 'Absent.').toMatch(/^[A-Z].*\.$/)
  })

  it.each(named)('$name says what it needs', ({ needs }) => {
    if (needs !== null) expect(PERMISSIONS).toHaveProperty([needs])
  })

  it.each(named)('$name says what it takes and answers', ({ method, creates, body, answer, isVersioned }) => {
    if (method === 'GET') expect(answer).toBeDefined()
    if (method === 'GET' || method === 'DELETE') expect(body).toBeUndefined()
    if (method === 'PATCH') expect(body).toBeDefined()
    // What a POST makes is answered once; what a PUT puts is there twice as well as once.
    expect(creates ?? false).toBe(method === 'POST')
    if (creates || isVersioned) expect(answer).toBeDefined()
  })

  it.each(named)('$name names only ids of a known kind', ({ path }) => {
    for (const [, kind] of path.matchAll(/\{(\w+)\}/g)) expect(ID_KINDS).toHaveProperty([kind ?? ''])
  })

  it.each(named)('$name has an address and an operation of its own', ({ name, operation }) => {
    expect(named.filter((other) => other.name === name)).toHaveLength(1)
    expect(named.filter((other) => other.operation === operation)).toHaveLength(1)
  })
})

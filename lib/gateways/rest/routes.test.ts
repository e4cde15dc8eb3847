import { describe, expect, it } from 'vitest'
import { z } from 'zod'
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

  it.each(named)('$name says what it takes and answers', (one) => {
    const { method, creates, showsOnce, body, answer, isVersioned } = one
    if (method === 'GET') expect(answer ?? one.files).toBeDefined()
    if (method === 'GET' || method === 'DELETE') expect(body).toBeUndefined()
    if (method === 'PATCH') expect(body).toBeDefined()
    // What a POST makes is answered once; what a PUT puts is there twice as well as once. One that only hands secrets over makes nothing.
    if (!showsOnce && !one.files) expect(creates !== undefined).toBe(method === 'POST')
    if (creates || isVersioned) expect(answer).toBeDefined()
    if (creates) expect(one.needs).not.toBeNull()
  })

  it.each(named)('$name names the secrets it answers', ({ answer, showsOnce }) => {
    const members = answer instanceof z.ZodObject ? Object.entries(answer.shape) : []
    const secret = members.filter(([name, shape]) => holdsSecret(name, shape)).map(([name]) => name)
    expect(showsOnce ?? []).toEqual(secret)
  })

  it.each(named)('$name names only ids of a known kind', ({ path }) => {
    for (const [, kind] of path.matchAll(/\{(\w+)\}/g)) expect(ID_KINDS).toHaveProperty([kind ?? ''])
  })

  it.each(named)('$name has an address and an operation of its own', ({ name, operation }) => {
    expect(named.filter((other) => other.name === name)).toHaveLength(1)
    expect(named.filter((other) => other.operation === operation)).toHaveLength(1)
  })
})

/** A text that is called a secret, however deep. */
function holdsSecret(name: string, shape: unknown): boolean {
  if (shape instanceof z.ZodNullable || shape instanceof z.ZodOptional)
    return holdsSecret(name, shape.unwrap())
  if (shape instanceof z.ZodArray) return holdsSecret(name, shape.element)
  if (shape instanceof z.ZodObject)
    return Object.entries(shape.shape).some(([inner, one]) => holdsSecret(inner, one))
  return shape instanceof z.ZodString && name === 'secret'
}

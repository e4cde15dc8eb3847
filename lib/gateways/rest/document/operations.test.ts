import { beforeAll, describe, expect, it } from 'vitest'
import { readEnvironment, setEnvironment } from '#lib/base/env'
import { createAppSchema } from '#lib/domain/connected-apps/schema'
import { ROUTES } from '../routes.ts'
import { getOperation, listOperations } from './operations.ts'

beforeAll(() => setEnvironment(readEnvironment({ PUBLIC_URL: 'https://gatehouse.example.com' })))

describe('the operations of the API', () => {
  it('are found by words of their path, sentence and scope, and grouped by noun', () => {
    const all = listOperations().flatMap(({ operations }) => operations)
    expect(all).toHaveLength(ROUTES.length)
    const found = listOperations('post SECRETS').flatMap(({ operations }) => operations)
    expect(found.map(({ operation }) => operation)).toContain('rotateSecret')
    expect(found.every(({ method }) => method === 'POST')).toBe(true)
    expect(listOperations('no such thing')).toEqual([])
  })

  it.each(ROUTES.map(({ operation }) => operation))('say what they take and answer: %s', (operation) => {
    const page = getOperation(operation)
    expect(page).not.toBeNull()
    expect(page?.curl).toMatch(/^curl (-X [A-Z]+ )?'https:\/\/gatehouse\.example\.com\/api\/v1\/[^{}]+'/)
    expect(page?.curl).not.toContain('undefined')
    expect(page?.problems.map(({ status }) => status)).toContain('401')
    for (const { type, name } of [...(page?.parameters ?? []), ...(page?.body ?? [])]) {
      expect([name, type]).toEqual([name, expect.stringMatching(/^[a-zA-Z]/)])
    }
  })

  it('show an example that the verb would take, at the organization on the screen', () => {
    const page = getOperation('createApp', { organization: 'org_01k9f7q2zre5tbm0w4h8xv6cjd' })
    expect(page?.curl).toContain('/organizations/org_01k9f7q2zre5tbm0w4h8xv6cjd/connected-apps')
    const [, body = ''] = /-d '([\s\S]+)'$/.exec(page?.curl ?? '') ?? []
    const input = { ...JSON.parse(body), organizationId: 'org_01k9f7q2zre5tbm0w4h8xv6cjd' }
    expect(createAppSchema.safeParse(input).success).toBe(true)
  })

  it('that nobody knows are none', () => {
    expect(getOperation('toString')).toBeNull()
  })
})

import { describe, expect, it } from 'vitest'
import { judgePrefix, judgeScopeName, RESERVED_PREFIXES } from './scope-names.ts'
import { API_SCOPES, SIGN_IN_SCOPES } from './scopes.ts'

describe('a prefix', () => {
  it.each(['orders', 'northwind-orders', 'eu.orders', 'a1'])('may be %s', (prefix) => {
    expect(judgePrefix(prefix)).toBeNull()
  })

  it.each([
    '',
    'o',
    'Orders',
    'orders:',
    '-orders',
    'orders-',
    'or ders',
    'ördérs',
    '1orders',
    'o'.repeat(41),
    'a..b',
  ])('is not %j', (prefix) => expect(judgePrefix(prefix)).not.toBeNull())

  it('is none of ours, of today or of a later version', () => {
    for (const { name } of [...API_SCOPES, ...SIGN_IN_SCOPES]) {
      const [prefix = ''] = name.split(':')
      expect(RESERVED_PREFIXES, name).toContain(prefix)
      expect(judgePrefix(prefix)).not.toBeNull()
    }
  })
})

describe('the name of a scope', () => {
  it.each(['orders:read', 'orders:lines.read', 'orders:eu:read', 'orders:read_all'])('may be %s', (name) => {
    expect(judgeScopeName(name, 'orders')).toBeNull()
  })

  it.each([
    'read',
    'orders',
    'orders:',
    'customers:read',
    'orders.eu:read',
    'orders:Read',
    'orders:read all',
    'orders:"',
  ])('of an API whose prefix is orders is not %s', (name) =>
    expect(judgeScopeName(name, 'orders')).not.toBeNull(),
  )
})

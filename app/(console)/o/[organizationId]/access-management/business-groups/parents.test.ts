import { describe, expect, it } from 'vitest'
import type { Id } from '#lib/base/ids'
import type { BranchNode } from '#lib/domain/organizations/list-business-groups'
import { parentsFor } from './parents.ts'

const node = (id: string, parentId: string | null, given: Partial<BranchNode> = {}) =>
  ({
    id: id as Id<'organization'>,
    name: id.toUpperCase(),
    parentId: parentId as Id<'organization'> | null,
    mayCreateBelow: true,
    ...given,
  }) as BranchNode

const root = node('acme', null)
const sales = node('sales', 'acme')
const north = node('north', 'sales')
const shop = node('shop', 'north')
const care = node('care', 'acme')
const branch = [root, care, sales, north, shop]

describe('the places offered to a business group', () => {
  it('are all but itself, what is below it, and where it stands, each with the way down to it', () => {
    expect(parentsFor(north, branch)).toEqual([
      { value: 'acme', label: 'ACME', hint: undefined },
      { value: 'care', label: 'CARE', hint: 'ACME' },
    ])
    expect(parentsFor(shop, branch)).toContainEqual({ value: 'sales', label: 'SALES', hint: 'ACME' })
  })

  it('leave out the last level, and where the person may make none', () => {
    const deep = branch.map((one) => (one === care ? { ...care, mayCreateBelow: false } : one))
    expect(parentsFor(north, deep).map(({ value }) => value)).toEqual(['acme'])
  })

  it('begin at the top of one’s own branch', () => {
    const own = [sales, north, shop, node('east', 'sales')]
    expect(parentsFor(shop, own)).toEqual([
      { value: 'sales', label: 'SALES', hint: undefined },
      { value: 'east', label: 'EAST', hint: 'SALES' },
    ])
  })
})

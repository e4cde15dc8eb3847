import { describe, expect, it } from 'vitest'
import type { Id } from '#lib/base/ids'
import type { OrganizationSeen } from '#lib/domain/organizations/list-organizations-of'
import { residencesFor } from './residences.ts'

const id = (word: string) => `org_${word}` as Id<'organization'>
const seen = (
  name: string,
  parent: string | null,
  given: Partial<OrganizationSeen> = {},
): OrganizationSeen => ({
  id: id(name),
  name,
  parentId: parent ? id(parent) : null,
  rootOrganizationId: id('Northwind'),
  isRoot: parent === null,
  role: 'administrator',
  ...given,
})
const TREE = [
  seen('Northwind', null),
  seen('Sales', 'Northwind'),
  seen('East', 'Sales'),
  seen('Care', 'Northwind', { role: 'developer' }),
  seen('Elsewhere', null, { rootOrganizationId: id('Elsewhere') }),
]
const app = { rootOrganizationId: id('Northwind'), residence: { id: id('Sales') } }

describe('where an app may go', () => {
  it('is elsewhere in its tree, where the person administers, each with the way to it', () => {
    expect(residencesFor(app, TREE)).toEqual([
      { value: id('Northwind'), label: 'Northwind', hint: undefined },
      { value: id('East'), label: 'East', hint: 'Northwind › Sales' },
    ])
  })

  it('is nowhere for whoever administers its residence alone', () => {
    const own = TREE.map((one) => (one.name === 'Sales' ? one : { ...one, role: 'member' as const }))
    expect(residencesFor(app, own)).toEqual([])
  })
})

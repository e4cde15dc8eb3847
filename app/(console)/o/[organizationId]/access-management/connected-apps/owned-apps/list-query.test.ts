import { describe, expect, it } from 'vitest'
import { newId } from '#lib/base/ids'
import { isNarrowed, listHref, listInput, readQuery } from './list-query.ts'

describe('the URL of Owned Apps', () => {
  it('keeps search, filters and order, and nothing else', () => {
    const query = readQuery({ q: ' ledger ', type: 'itself', sort: 'last-used', other: 'x', state: '' })
    expect(query).toEqual({ q: 'ledger', type: 'itself', sort: 'last-used' })
    expect(listHref('/apps', query, {})).toBe('/apps?q=ledger&type=itself&sort=last-used')
  })

  it('begins at the first page when anything else changes', () => {
    const query = readQuery({ q: 'ledger', after: 'abc' })
    expect(listHref('/apps', query, { state: 'disabled' })).toBe('/apps?q=ledger&state=disabled')
    expect(listHref('/apps', query, { after: 'def' })).toBe('/apps?q=ledger&after=def')
  })

  it('is the plain list without anything', () => {
    expect(listHref('/apps', { q: 'x' }, { q: undefined })).toBe('/apps')
    expect(isNarrowed(readQuery({ sort: 'last-used' }))).toBe(false)
    expect(isNarrowed(readQuery({ secret: 'due' }))).toBe(true)
  })

  it('leaves out what no filter knows [P18]', () => {
    const edited = { type: 'robot', residence: 'x', owner: 'usr_x', secret: 'due', sort: 'size' }
    const { filters, sort } = listInput(newId('organization'), edited)
    expect(filters).toMatchObject({ isRotationDue: true })
    expect(filters).toMatchObject({ actsAs: undefined, residenceIds: undefined, ownerId: undefined })
    expect(sort).toBe('name')
  })

  it('holds several residences, and how a secret stands', () => {
    const [one, other] = [newId('organization'), newId('organization')]
    const { filters, sort } = listInput(one, {
      residence: `${one},${other},x`,
      secret: 'over-90-days',
      sort: 'created',
    })
    expect(filters).toMatchObject({ residenceIds: [one, other], secret: 'over-90-days' })
    expect(filters?.isRotationDue).toBeUndefined()
    expect(sort).toBe('created')
  })
})

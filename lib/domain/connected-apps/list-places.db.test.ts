import { describe, expect, it } from 'vitest'
import { as } from '#test/actors'
import { makeBusinessGroup, makeMember, makeOrganization } from '#test/factories'
import { createEnvironment } from '../organizations/create-environment.ts'
import { listPlaces } from './list-places.ts'

async function makeTree() {
  const root = await makeOrganization({ name: 'Northwind' })
  const sales = await makeBusinessGroup(root, { name: 'Sales' })
  const field = await makeBusinessGroup(sales, { name: 'Field' })
  const support = await makeBusinessGroup(root, { name: 'Support' })
  return { root, sales, field, support }
}

const inWords = (places: Awaited<ReturnType<typeof listPlaces>>) =>
  places.map(({ name, above }) => [...above, name].join(' › '))

describe('the places of an app that acts for itself', () => {
  it('are its residence and what lies below it, each with what stands above it and its environments', async () => {
    const { root, sales, field } = await makeTree()
    await createEnvironment(as(root.owner), {
      organizationId: field.id,
      name: 'Production',
      kind: 'production',
    })
    const places = await listPlaces(as(root.owner), root.id)
    expect(inWords(places)).toEqual([
      'Northwind',
      'Northwind › Sales',
      'Northwind › Support',
      'Northwind › Sales › Field',
    ])
    expect(places.at(-1)?.environments).toEqual([{ id: expect.any(String), name: 'Production' }])
    expect(inWords(await listPlaces(as(root.owner), sales.id))).toEqual(['Sales', 'Sales › Field'])
  })

  it('are those the person sees, and none to a stranger', async () => {
    const { root, sales, field } = await makeTree()
    const lead = await makeMember(sales, 'administrator')
    expect(inWords(await listPlaces(as(lead), root.id))).toEqual([
      'Northwind',
      'Northwind › Sales',
      'Northwind › Sales › Field',
    ])
    const stranger = await makeMember(await makeOrganization(), 'administrator')
    await expect(listPlaces(as(stranger), field.id)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('are all of them, also where there are many', async () => {
    const root = await makeOrganization()
    for (let made = 0; made < 120; made += 1) await makeBusinessGroup(root)
    expect(await listPlaces(as(root.owner), root.id)).toHaveLength(121)
  })
})

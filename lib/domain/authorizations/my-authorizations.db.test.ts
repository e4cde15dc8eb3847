import { describe, expect, it } from 'vitest'
import { as, asThrough } from '#test/actors'
import { makeAuthorization, makeTokenFamily } from '#test/authorizations'
import { makeApp, makeMember, makeOrganization } from '#test/factories'
import { getMyAuthorization } from './get-my-authorization.ts'
import { listMyAuthorizations, MY_PAGE_ROWS } from './list-my-authorizations.ts'
import { removeAuthorization } from './remove-authorization.ts'

async function scene() {
  const organization = await makeOrganization()
  const person = await makeMember(organization)
  const app = await makeApp({ organization })
  const authorizationId = await makeAuthorization(person, app, organization)
  return { organization, person, app, authorizationId }
}

describe('a member', () => {
  it('sees their own authorizations, with app and scopes, a page at a time [P6]', async () => {
    const organization = await makeOrganization()
    const person = await makeMember(organization)
    const apps = await Promise.all(Array.from({ length: MY_PAGE_ROWS + 2 }, () => makeApp({ organization })))
    for (const app of apps) await makeAuthorization(person, app, organization)
    const first = await listMyAuthorizations(as(person))
    const second = await listMyAuthorizations(as(person), { cursor: first.next })
    expect([first.rows.length, second.rows.length, second.next]).toEqual([MY_PAGE_ROWS, 2, null])
    const names = [...first.rows, ...second.rows].map(({ app }) => app.name)
    expect(names.sort()).toEqual(apps.map(({ name }) => name).sort())
    expect(first.rows[0]?.scopes.map(({ name }) => name).sort()).toEqual(['openid', 'profile'])
  })

  it('sees what removing one would end, and removes it [P46]', async () => {
    const { person, app, authorizationId, organization } = await scene()
    await makeTokenFamily(authorizationId, app)
    await expect(getMyAuthorization(as(person), authorizationId)).resolves.toMatchObject({
      app: { name: app.name },
      organization: { name: organization.name },
      effect: { families: 1, tokens: 2 },
    })
    await removeAuthorization(as(person), { authorizationId })
    await expect(getMyAuthorization(as(person), authorizationId)).rejects.toMatchObject({ code: 'not-found' })
    await expect(listMyAuthorizations(as(person))).resolves.toMatchObject({ rows: [] })
  })

  it('does not find somebody else’s, nor does their administrator here, nor an app that acts for them', async () => {
    const { organization, person, app, authorizationId } = await scene()
    const colleague = await makeMember(organization)
    const refused = { code: 'not-found' }
    await expect(getMyAuthorization(as(colleague), authorizationId)).rejects.toMatchObject(refused)
    await expect(getMyAuthorization(as(organization.owner), authorizationId)).rejects.toMatchObject(refused)
    const through = asThrough(person, app, ['authorizations:read'])
    await expect(getMyAuthorization(through, authorizationId)).rejects.toMatchObject(refused)
    await expect(listMyAuthorizations(through)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(getMyAuthorization(as(person), 'aut_nonsense')).rejects.toMatchObject(refused)
  })
})

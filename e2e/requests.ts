import { draftRequest } from '#lib/domain/allowlist/draft-request'
import { requestApproval } from '#lib/domain/allowlist/request-approval'
import { restrict } from '#lib/domain/allowlist/restrict'
import { as } from '#test/actors'
import { type MadeApp, makeApp } from '#test/factories'
import { makeHouse, makePerson, type Person } from './people.ts'

export type Asked = Awaited<ReturnType<typeof makeHouse>> & { member: Person; app: MadeApp; link: string }

/** An organization under Restricted, a member, and their request for an app of another organization's. */
export async function makeRequest(reason = 'Labels for the returns desk'): Promise<Asked> {
  const house = await makeHouse('Northwind Trading', 'Ada Berg')
  const { organization: kestrel } = await makeHouse('Kestrel Software', 'Kim Reyes')
  const rootOrganizationId = house.organization.id
  const member = await makePerson(house.organization, 'member', 'Mia Lindqvist')
  const app = await makeApp({ organization: kestrel, name: 'Parcelwise', audience: 'everyone' })
  await restrict(as(house.owner), { rootOrganizationId })
  const wish = { rootOrganizationId, appId: app.id, scopes: ['openid', 'profile'] }
  const { requestId } = await draftRequest(as(member), wish)
  await requestApproval(as(member), { requestId, reason })
  return { ...house, member, app, link: `/approvals/${requestId}` }
}

import { and, eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { approvalRequests } from '#db/schema/allowlist'
import { events } from '#db/schema/audit'
import { liveAuthorizations } from '#db/schema/authorizations'
import { approveRequest } from '#lib/domain/allowlist/approve-request'
import { close } from '#lib/domain/allowlist/close'
import { draftRequest } from '#lib/domain/allowlist/draft-request'
import { requestApproval } from '#lib/domain/allowlist/request-approval'
import { restrict } from '#lib/domain/allowlist/restrict'
import { DRAFTS_PER_PERSON_PER_HOUR } from '#lib/domain/allowlist/schema'
import { blockApp } from '#lib/domain/installations/block-app'
import { freezeApp } from '#lib/domain/installations/freeze-app'
import { endSession } from '#lib/domain/users/end-session'
import { as } from '#test/actors'
import { browserOf, newRequest, running, signInAt, withAuthorizationServer } from '#test/authorization-server'
import { database } from '#test/database'
import {
  type MadeApp,
  type MadeOrganization,
  type MadeUser,
  makeApp,
  makeMember,
  makeMembership,
  makeOrganization,
} from '#test/factories'
import { Visit, visit } from '#test/visit'
import { readInteraction } from './interaction.ts'
import { answerNo, answerOrganization, answerSignIn, answerYes } from './interaction-answers.ts'

withAuthorizationServer()

type Scene = { organization: MadeOrganization; person: MadeUser; app: MadeApp; publisher: MadeOrganization }

/** A member of one organization, and an app of another that is open to everyone. */
async function scene(settings: Partial<Parameters<typeof makeApp>[0]> = {}): Promise<Scene> {
  const [organization, publisher] = await Promise.all([makeOrganization(), makeOrganization()])
  const person = await makeMember(organization)
  const scopes = ['openid', 'profile', 'email']
  const app = await makeApp({ scopes, audience: 'everyone', ...settings, organization: publisher })
  return { organization, person, app, publisher }
}

const codeOf = (url: URL) => url.searchParams.get('code')
const restrictHere = ({ organization }: Scene) =>
  restrict(as(organization.owner), { rootOrganizationId: organization.id })
const liveOf = ({ person, app }: Scene) =>
  database()
    .select()
    .from(liveAuthorizations)
    .where(and(eq(liveAuthorizations.userId, person.id), eq(liveAuthorizations.appId, app.id)))
const yes = ({ organization }: Scene, scopes: string[]) => ({ rootOrganizationId: organization.id, scopes })

describe('an interaction', () => {
  it('asks who it is, then for consent naming app, publisher, organization and scopes in words, and only then gives a code [P62]', async () => {
    const here = await scene()
    const first = await visit(null, await newRequest(here.app, 'openid email'))
    await expect(first.view()).resolves.toMatchObject({ kind: 'sign-in', app: { name: here.app.name } })
    const atHand = await first.atHand()
    await signInAt(first.browser, here.person)
    const asked = new Visit(first.browser, await first.follow(await answerSignIn(atHand, here.person.id)))
    const view = await asked.view()
    expect(view).toMatchObject({
      kind: 'consent',
      app: { name: here.app.name, publisher: here.publisher.name },
      organization: { id: here.organization.id, name: here.organization.name },
      person: { name: here.person.fullName, email: here.person.email },
      returnsTo: 'app.example.com',
      granted: [],
      isListed: false,
    })
    expect(view.kind === 'consent' && view.scopes.map((scope) => scope.title)).toContain(
      'See your e-mail address',
    )
    const back = await asked.follow(await answerYes(await asked.atHand(), yes(here, ['openid', 'email'])))
    expect(codeOf(back)).toBeTruthy()
    await expect(asked.view()).resolves.toEqual({ kind: 'gone' })
  })

  it('tells people that an app keeps access while they are away, wherever it will', async () => {
    const scopes = ['openid', 'profile', 'offline_access']
    const keeping = await scene({ scopes, grantTypes: ['authorization_code', 'refresh_token'] })
    const passing = await scene({ scopes, grantTypes: ['authorization_code'] })
    const asked = async ({ person, app }: Scene) => {
      const view = await (await visit(person, await newRequest(app, 'openid offline_access'))).view()
      return view.kind === 'consent' && view.scopes.map(({ name }) => name).sort()
    }
    expect(await asked(keeping)).toEqual(['offline_access', 'openid'])
    expect(await asked(passing)).toEqual(['openid'])
  })

  it('leads back to the app with access_denied, a sentence and nothing else after Cancel, and keeps that no was said', async () => {
    const here = await scene()
    const asked = await visit(here.person, await newRequest(here.app, 'openid'))
    const back = await asked.follow(await answerNo(await asked.atHand()))
    expect([back.searchParams.get('error'), codeOf(back)]).toEqual(['access_denied', null])
    expect(back.searchParams.get('error_description')).toBe('the person did not authorize this')
    expect(back.href).not.toContain(here.person.id)
    const said = await database()
      .select()
      .from(events)
      .where(and(eq(events.appId, here.app.id), eq(events.name, 'authorization.denied')))
    expect(said).toHaveLength(1)
  })

  it('is gone for a browser that knows the address but not the cookie', async () => {
    const here = await scene()
    const asked = await visit(here.person, await newRequest(here.app, 'openid'))
    const stranger = await browserOf(here.person)
    await expect(readInteraction({ cookie: stranger.cookieHeader('/'), uid: asked.uid })).resolves.toEqual({
      kind: 'gone',
    })
    const other = await visit(here.person, await newRequest(here.app, 'openid'))
    await expect(readInteraction({ cookie: other.cookie, uid: asked.uid })).resolves.toEqual({ kind: 'gone' })
  })

  it('begins the same request again when the session under it ended', async () => {
    const here = await scene()
    const asked = await visit(null, await newRequest(here.app, 'openid', { nonce: 'n1' }))
    const sessionId = await signInAt(asked.browser, here.person)
    const consent = new Visit(
      asked.browser,
      await asked.follow(await answerSignIn(await asked.atHand(), here.person.id)),
    )
    await endSession(as(here.person), { sessionId })
    const view = await consent.view()
    const location = new URL(view.kind === 'settled' ? view.location : 'about:blank')
    expect(location.pathname).toBe('/oauth/authorize')
    expect(location.searchParams.get('nonce')).toBe('n1')
    await expect(answerYes(await consent.atHand(), yes(here, ['openid']))).rejects.toMatchObject({
      code: 'unauthenticated',
    })
    expect(await liveOf(here)).toEqual([])
  })
})

describe('signing in with another account', () => {
  it('begins the request again as the other person, and the app gets them and never the first [P132]', async () => {
    const here = await scene()
    const other = await makeMember(here.organization)
    const asked = await visit(here.person, await newRequest(here.app, 'openid', { prompt: 'login consent' }))
    await expect(asked.view({ isSwitching: true })).resolves.toMatchObject({ kind: 'sign-in' })
    const atHand = await asked.atHand()
    await signInAt(asked.browser, other)
    const next = new Visit(asked.browser, await asked.follow(await answerSignIn(atHand, other.id)))
    await expect(next.view()).resolves.toMatchObject({ kind: 'consent', person: { name: other.fullName } })
    await next.follow(await answerYes(await next.atHand(), yes(here, ['openid'])))
    expect(await liveOf(here)).toEqual([])
    expect(await liveOf({ ...here, person: other })).toHaveLength(1)
  })
})

describe('somebody with a place in several organizations', () => {
  async function guest() {
    const here = await scene()
    const second = await makeOrganization()
    await makeMembership(second, here.person.id, 'member')
    return { ...here, second }
  }

  it('chooses one before anything else is asked, and only one of their own', async () => {
    const here = await guest()
    const stranger = await makeOrganization()
    const asked = await visit(here.person, await newRequest(here.app, 'openid'))
    const view = await asked.view()
    expect(view.kind === 'choose-organization' && view.organizations.map(({ id }) => id).sort()).toEqual(
      [here.organization.id, here.second.id].sort(),
    )
    await expect(answerOrganization(await asked.atHand(), stranger.id)).rejects.toMatchObject({
      code: 'forbidden',
    })
    const next = new Visit(
      asked.browser,
      await asked.follow(await answerOrganization(await asked.atHand(), here.second.id)),
    )
    await expect(next.view()).resolves.toMatchObject({
      kind: 'consent',
      organization: { id: here.second.id },
      hasOtherOrganizations: true,
    })
    await expect(next.view({ isChoosing: true })).resolves.toMatchObject({ kind: 'choose-organization' })
  })

  it('is not asked where the app names the organization', async () => {
    const here = await guest()
    const asked = await visit(
      here.person,
      await newRequest(here.app, 'openid', { organization: here.second.id }),
    )
    await expect(asked.view()).resolves.toMatchObject({
      kind: 'consent',
      organization: { id: here.second.id },
      hasOtherOrganizations: false,
    })
  })
})

describe('under Restricted', () => {
  it('tells somebody who was stopped at a lot of apps lately why there is no link, in the words of the refusal', async () => {
    const here = await scene()
    await restrictHere(here)
    const scopes = Array.from({ length: DRAFTS_PER_PERSON_PER_HOUR }, (_, at) => `scope-${at}`)
    const other = await makeApp({ organization: here.organization, scopes })
    const named = { rootOrganizationId: here.organization.id, appId: other.id }
    for (const scope of scopes) await draftRequest(as(here.person), { ...named, scopes: [scope] })
    const asked = await visit(here.person, await newRequest(here.app, 'openid email'))
    await expect(asked.view()).resolves.toMatchObject({
      kind: 'approval-needed',
      request: null,
      noRequest: 'You were stopped at a lot of apps lately. In an hour you can ask for this one.',
    })
  })

  it('shows who is blocked what is missing and a link, makes one draft that nobody is shown, and no code [P61][P62][P70]', async () => {
    const here = await scene()
    await restrictHere(here)
    const asked = await visit(here.person, await newRequest(here.app, 'openid email'))
    const [one, two] = [await asked.view(), await asked.view()]
    expect(one).toMatchObject({
      kind: 'approval-needed',
      organization: { name: here.organization.name },
      person: { name: here.person.fullName },
      listed: [],
      request: { own: null, othersWaiting: 0 },
    })
    expect(one.kind === 'approval-needed' && one.missing.map(({ name }) => name).sort()).toEqual([
      'email',
      'openid',
    ])
    const request = one.kind === 'approval-needed' ? one.request : null
    expect(request?.link).toBe(`${running.origin}/approvals/${request?.id}`)
    expect(two.kind === 'approval-needed' && two.request?.id).toBe(request?.id)
    const drafts = await database()
      .select()
      .from(approvalRequests)
      .where(eq(approvalRequests.appId, here.app.id))
    expect(drafts.map(({ requestedAt }) => requestedAt)).toEqual([null])
    await expect(answerYes(await asked.atHand(), yes(here, ['openid', 'email']))).rejects.toMatchObject({
      code: 'forbidden',
    })
    expect(await liveOf(here)).toEqual([])
    const back = await asked.follow(await answerNo(await asked.atHand()))
    expect([back.searchParams.get('error'), codeOf(back)]).toEqual(['access_denied', null])
  })

  it('starts again where it stopped once the app is approved, and then asks the person [P67] [AM-31] [AM-32]', async () => {
    const here = await scene()
    await restrictHere(here)
    const asked = await visit(here.person, await newRequest(here.app, 'openid'))
    const blocked = await asked.view()
    if (blocked.kind !== 'approval-needed' || !blocked.request) throw new Error(`It was ${blocked.kind}.`)
    await requestApproval(as(here.person), { requestId: blocked.request.id, reason: 'For work.' })
    await expect(asked.view()).resolves.toMatchObject({ request: { own: { reason: 'For work.' } } })
    await approveRequest(as(here.organization.owner), { requestId: blocked.request.id })
    await expect(asked.view()).resolves.toMatchObject({ kind: 'consent', isListed: true })
    expect(
      codeOf(await asked.follow(await answerYes(await asked.atHand(), yes(here, ['openid'])))),
    ).toBeTruthy()
  })

  it('shows new scopes apart from what is approved [P73]', async () => {
    const here = await scene()
    const before = await visit(here.person, await newRequest(here.app, 'openid'))
    await before.follow(await answerYes(await before.atHand(), yes(here, ['openid'])))
    await restrictHere(here)
    const asked = await visit(here.person, await newRequest(here.app, 'openid email'))
    const view = await asked.view()
    expect(
      view.kind === 'approval-needed' &&
        [view.missing, view.listed].map((list) => list.map(({ name }) => name)),
    ).toEqual([['email'], ['openid']])
  })

  it('refuses a yes whose page was drawn before the switch [P52]', async () => {
    const here = await scene()
    const asked = await visit(here.person, await newRequest(here.app, 'openid'))
    await expect(asked.view()).resolves.toMatchObject({ kind: 'consent' })
    await restrictHere(here)
    await expect(answerYes(await asked.atHand(), yes(here, ['openid']))).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(asked.view()).resolves.toMatchObject({ kind: 'approval-needed' })
  })
})

describe('a yes', () => {
  it('is refused when more is asked than the page showed, or for another organization', async () => {
    const here = await scene()
    const asked = await visit(here.person, await newRequest(here.app, 'openid email'))
    const atHand = await asked.atHand()
    await expect(answerYes(atHand, yes(here, ['openid']))).rejects.toMatchObject({ code: 'conflict' })
    const elsewhere = { rootOrganizationId: here.publisher.id, scopes: ['openid', 'email'] }
    await expect(answerYes(atHand, elsewhere)).rejects.toMatchObject({ code: 'conflict' })
    expect(await liveOf(here)).toEqual([])
  })

  it('is asked for anew, with what was allowed before, when the app insists', async () => {
    const here = await scene()
    const before = await visit(here.person, await newRequest(here.app, 'openid'))
    await before.follow(await answerYes(await before.atHand(), yes(here, ['openid'])))
    const asked = await visit(here.person, await newRequest(here.app, 'openid', { prompt: 'consent' }))
    await expect(asked.view()).resolves.toMatchObject({
      kind: 'consent',
      scopes: [],
      granted: [{ name: 'openid' }],
      asked: ['openid'],
    })
    expect(
      codeOf(await asked.follow(await answerYes(await asked.atHand(), yes(here, ['openid'])))),
    ).toBeTruthy()
  })
})

describe('an app that does not get through', () => {
  const stops: [string, (here: Scene) => Promise<unknown>][] = [
    [
      'blocked',
      ({ organization, app }) =>
        blockApp(as(organization.owner), { rootOrganizationId: organization.id, appId: app.id }),
    ],
    [
      'paused',
      ({ organization, app }) =>
        freezeApp(as(organization.owner), { rootOrganizationId: organization.id, appId: app.id }),
    ],
    ['closed', ({ organization }) => close(as(organization.owner), { rootOrganizationId: organization.id })],
  ]

  it.each(stops)('is %s by the organization: no link, no code', async (kind, stop) => {
    const here = await scene()
    await stop(here)
    const asked = await visit(here.person, await newRequest(here.app, 'openid'))
    const view = await asked.view()
    expect(view).toMatchObject({ kind, organization: { name: here.organization.name } })
    expect(view).not.toHaveProperty('request')
    await expect(answerYes(await asked.atHand(), yes(here, ['openid']))).rejects.toMatchObject({
      code: 'forbidden',
    })
  })

  it('is unavailable when it is meant for another organization’s people, without an approval link [P127]', async () => {
    const here = await scene({ audience: 'internal' })
    await restrictHere(here)
    const asked = await visit(here.person, await newRequest(here.app, 'openid'))
    const view = await asked.view()
    expect(view).toMatchObject({ kind: 'unavailable', app: { name: here.app.name } })
    expect(view).not.toHaveProperty('request')
    expect(view).not.toHaveProperty('organization')
  })

  it('refuses somebody without a place in the organization it names, and does not tell its name', async () => {
    const here = await scene()
    const foreign = await makeOrganization()
    const asked = await visit(here.person, await newRequest(here.app, 'openid', { organization: foreign.id }))
    const view = await asked.view()
    expect(view).toMatchObject({ kind: 'refused' })
    expect(JSON.stringify(view)).not.toContain(foreign.name)
  })
})

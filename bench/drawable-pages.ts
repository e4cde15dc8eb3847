import { globSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sealSession, sessionCookieName } from '#lib/base/session-cookie'
import { draftRequest } from '#lib/domain/allowlist/draft-request'
import { authorizeApp } from '#lib/domain/authorizations/authorize-app'
import { startBulkRotation } from '#lib/domain/connected-apps/start-bulk-rotation'
import { createGroup } from '#lib/domain/people/create-group'
import { startSession } from '#lib/domain/users/start-session'
import { as } from '#test/actors'
import { makeApp, makeMember, makeOrganization } from '#test/factories'

const PROJECT = fileURLToPath(new URL('..', import.meta.url))
const CALLBACK = 'https://app.example.com/callback'

/** A page of the product with an address at which there is something to see, and the cookies of somebody who may. */
export type DrawablePage = { name: string; path: string; cookies: string }

/** Every page of the product: a new one is among them by itself, and one that needs something unheard of fails here. */
export async function drawablePages(origin: string): Promise<DrawablePage[]> {
  const organization = await makeOrganization({ name: 'Bench' })
  const { owner } = organization
  const shape = { organization, audience: 'everyone' as const, redirectUris: [CALLBACK] }
  const [app, asked] = [await makeApp(shape), await makeApp(shape)]
  const rootOrganizationId = organization.id
  const scopes = ['openid', 'profile']
  const yes = await authorizeApp(as(owner), { appId: app.id, rootOrganizationId, scopes })
  const wish = { appId: asked.id, rootOrganizationId, scopes }
  const draft = await draftRequest(as(await makeMember(organization)), wish)

  const { sessionId } = await startSession({}, { userId: owner.id, authenticationMethods: ['pwd'] })
  const session = `${sessionCookieName()}=${await sealSession(sessionId, 3600)}`
  const group = await createGroup(as(owner), { rootOrganizationId, name: 'Bench' })
  const rotation = await startBulkRotation(as(owner), { organizationId: organization.id, which: 'all' })
  const interaction = await beginInteraction(origin, asked.clientId, session)
  const places: Record<string, string> = {
    organizationId: organization.id,
    appId: app.id,
    authorizationId: yes.authorizationId,
    requestId: draft.requestId,
    uid: interaction.uid,
    operation: 'getApp',
    userId: owner.id,
    groupId: group.groupId,
    rotationId: rotation.bulkRotationId,
  }
  const files = globSync('app/**/page.tsx', { cwd: PROJECT }).sort()
  return files.map((file) => {
    const route = `/${dirname(file)
      .split('/')
      .slice(1)
      .filter((part) => !part.startsWith('('))
      .join('/')}`
    const path = route.replaceAll(/\[(\w+)\]/g, (_, name: string) => {
      const place = places[name]
      if (!place) throw new Error(`${file} needs a ${name}: say here which.`)
      return place
    })
    const isSignIn = route === '/sign-in'
    return { name: route, path, cookies: isSignIn ? '' : `${session}; ${interaction.cookies}` }
  })
}

/** An app sends the person here: what it asks for waits for an answer. */
async function beginInteraction(origin: string, clientId: string, session: string) {
  const request = new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    redirect_uri: CALLBACK,
    scope: 'openid profile',
    state: 'state',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  })
  const response = await fetch(`${origin}/oauth/authorize?${request}`, {
    redirect: 'manual',
    headers: { cookie: session },
  })
  const uid = /\/interaction\/([^/?]+)$/.exec(response.headers.get('location') ?? '')?.[1]
  if (!uid) throw new Error(`No interaction began: ${response.status} ${await response.text()}`)
  const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';', 1)[0])
  return { uid, cookies: cookies.join('; ') }
}

import { environment } from '../../base/env.ts'
import { isId } from '../../base/ids.ts'
import { isRefusal } from '../../base/refusal.ts'
import { visitor } from '../../base/visitor.ts'
import { draftRequest } from '../../domain/allowlist/draft-request.ts'
import { getOwnRequest } from '../../domain/allowlist/get-own-request.ts'
import { findAskedScopes } from '../../domain/authorizations/find-asked-scopes.ts'
import type { Wish } from '../../domain/authorizations/gather-facts.ts'
import { getVerdictInDetail } from '../../domain/authorizations/get-verdict-in-detail.ts'
import { listPossibleOrganizations } from '../../domain/authorizations/organization-choices.ts'
import type { ClientRecord } from '../../domain/connected-apps/client-records.ts'
import { getScopesInWords } from '../../domain/connected-apps/get-scopes-in-words.ts'
import type { LiveSession } from '../../domain/users/find-session.ts'
import { actorOfSession } from '../../domain/users/session-actor.ts'
import { type AtHand, answer, beginAgain, interactionAtHand, isAwaited } from './interaction-at-hand.ts'
import type { Answering, Asking, Asks, InteractionView } from './interaction-view.ts'
import { readClient } from './lookups.ts'
import { signedInPerson } from './signed-in-person.ts'

/** How a page was asked for: `isSwitching` to sign in with another account, `isChoosing` to answer for another organization. */
export type Visit = { cookie: string; uid: string; isSwitching?: boolean; isChoosing?: boolean }

/**
 * What this interaction shows its person now, by a verdict taken at this moment. Makes, at most, the draft of an approval
 * request, which nobody is shown.
 */
export async function readInteraction({
  cookie,
  uid,
  isSwitching,
  isChoosing,
}: Visit): Promise<InteractionView> {
  const atHand = await interactionAtHand(cookie, uid)
  const app = atHand && (await readClient(String(atHand.interaction.params.client_id)))
  if (!atHand || !app) return { kind: 'gone' }
  const asking = askingOf(atHand, app)
  const view = await viewOf({ atHand, app, asking, isSwitching, isChoosing })
  return LEADS_ON.has(view.kind) && !(await isAwaited(atHand.interaction))
    ? { kind: 'not-awaited', ...asking }
    : view
}

/** Pages whose answer would lead a device on. A request for approval is as good when it begins anew later. */
const LEADS_ON = new Set<InteractionView['kind']>(['sign-in', 'choose-organization', 'consent'])

type Viewing = { atHand: AtHand; app: ClientRecord; asking: Asking } & Pick<
  Visit,
  'isSwitching' | 'isChoosing'
>

async function viewOf({ atHand, app, asking, isSwitching, isChoosing }: Viewing): Promise<InteractionView> {
  const person = await signedInPerson(atHand.cookie)
  const { interaction } = atHand

  if (isSwitching) return { kind: 'sign-in', loginHint: null, ...asking }
  if (!atHand.isSessionAlive) return { kind: 'settled', location: beginAgain(atHand, false) }
  if (interaction.prompt.name === 'login') {
    // Signed in meanwhile, in another window: there is nothing left to ask.
    if (person && !interaction.session)
      return { kind: 'settled', location: await answer(atHand, loginOf(person)) }
    const hint = interaction.params.login_hint
    return { kind: 'sign-in', loginHint: typeof hint === 'string' ? hint : null, ...asking }
  }
  if (!person || person.userId !== interaction.session?.accountId) {
    return { kind: 'settled', location: beginAgain(atHand, false) }
  }
  return judged({ atHand, app, asking, person, isChoosing: isChoosing ?? false })
}

/** What an app wishes from this person, by the organization the provider settled on; undefined before there is one. */
export async function wishOf(
  { interaction }: AtHand,
  app: ClientRecord,
  person: LiveSession,
): Promise<Wish | undefined> {
  const { rootOrganizationId } = interaction.prompt.details
  if (!isId('organization', rootOrganizationId)) return undefined
  const asked = String(interaction.params.scope ?? '').split(' ')
  const { scopes } = await findAskedScopes(asked, app, rootOrganizationId)
  const address = visitor().ip ?? null
  return { userId: person.userId, appId: app.appId, rootOrganizationId, scopes, address }
}

/** Whether the app asked that the person be asked even if they agreed before. */
function mustAsk({ interaction }: AtHand): boolean {
  return interaction.prompt.reasons.includes('consent_prompt')
}

/** The result that says who signed in. */
export function loginOf({ userId }: Pick<LiveSession, 'userId'>) {
  return { login: { accountId: userId } }
}

type Judging = { atHand: AtHand; app: ClientRecord; asking: Asking; person: LiveSession; isChoosing: boolean }

async function judged({ atHand, app, asking, person, isChoosing }: Judging): Promise<InteractionView> {
  const self = { name: person.fullName, email: person.email }
  const possible = (await listPossibleOrganizations(person.userId, app.appId)).map((one) => ({
    id: one.rootOrganizationId,
    name: one.name,
  }))
  const wish = await wishOf(atHand, app, person)
  if (!wish || isChoosing) {
    return { kind: 'choose-organization', person: self, organizations: possible, ...asking }
  }
  const { verdict, isListed, granted } = await getVerdictInDetail(wish)
  const organization = possible.find((one) => one.id === wish.rootOrganizationId)
  if (verdict.kind === 'invalid-scope') return { kind: 'settled', location: beginAgain(atHand, false) }
  // An app for its own organization's people: others learn no more than that it is not for them.
  const isForOthers = app.audience === 'internal' && !organization
  if (verdict.kind === 'unavailable' || isForOthers) return { kind: 'unavailable', person: self, ...asking }
  const isStranger = verdict.kind === 'refused' && verdict.because === 'not-a-member'
  if (isStranger || !organization) return { kind: 'refused', person: self, ...asking }
  const isOpen = app.audience === 'everyone' && atHand.interaction.params.organization === undefined
  const answering: Answering = {
    ...asking,
    person: self,
    organization,
    hasOtherOrganizations: isOpen && possible.length > 1,
  }
  switch (verdict.kind) {
    case 'allow':
    case 'consent': {
      if (verdict.kind === 'allow' && !mustAsk(atHand)) {
        return { kind: 'settled', location: await answer(atHand, { consent: {} }) }
      }
      const { withheld } = verdict
      const asked = wish.scopes.filter((scope) => !withheld.includes(scope))
      return {
        kind: 'consent',
        asked,
        scopes: await getScopesInWords(asked.filter((scope) => !granted.includes(scope))),
        granted: await getScopesInWords(granted),
        isListed,
        withheld: await getScopesInWords(withheld),
        ...(withheld.length > 0 ? await waitingRequest(wish, person) : { request: null, noRequest: null }),
        ...answering,
      }
    }
    case 'approval-needed': {
      const [missing, listed, asks] = await Promise.all([
        getScopesInWords(verdict.missing),
        getScopesInWords(verdict.listed),
        waitingRequest(wish, person),
      ])
      return { kind: 'approval-needed', missing, listed, ...asks, ...answering }
    }
    case 'refused':
      return { kind: 'elsewhere', address: wish.address, ...answering }
    default:
      return { kind: verdict.kind, ...answering }
  }
}

async function waitingRequest(wish: Wish, person: LiveSession): Promise<Asks> {
  const { appId, rootOrganizationId, scopes } = wish
  const actor = actorOfSession(person, visitor())
  const drafted = await orSentence(draftRequest(actor, { appId, rootOrganizationId, scopes: [...scopes] }))
  if (typeof drafted === 'string') return { request: null, noRequest: drafted }
  const { requestId } = drafted
  const { own, othersWaiting } = await getOwnRequest(actor, requestId)
  const link = `${environment().publicUrl}/approvals/${requestId}`
  return { request: { id: requestId, link, own, othersWaiting }, noRequest: null }
}

/** Somebody blocked on too many apps in an hour still sees why they are stopped, only without a link, and why there is none. */
async function orSentence<T>(asked: Promise<T>): Promise<T | string> {
  return asked.catch((thrown: unknown) => {
    if (isRefusal(thrown)) return thrown.sentence
    throw thrown
  })
}

function askingOf({ interaction }: AtHand, app: ClientRecord): Asking {
  const redirectUri =
    typeof interaction.params.redirect_uri === 'string' ? interaction.params.redirect_uri : null
  return {
    uid: interaction.uid,
    app: {
      id: app.appId,
      clientId: app.clientId,
      name: app.name,
      publisher: app.publisher,
      website: app.website,
    },
    redirectUri,
    returnsTo: redirectUri && placeOf(redirectUri),
  }
}

/** A web app is known by its host; a native one comes back to a program, by its scheme. */
function placeOf(redirectUri: string): string {
  const { protocol, host } = new URL(redirectUri)
  return protocol === 'https:' || protocol === 'http:' ? host : protocol.slice(0, -1)
}

import type { Id } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'
import { scopesBeyond } from '../../base/scope-set.ts'
import { visitor } from '../../base/visitor.ts'
import { authorizeApp } from '../../domain/authorizations/authorize-app.ts'
import { denyApp } from '../../domain/authorizations/deny-app.ts'
import type { Wish } from '../../domain/authorizations/gather-facts.ts'
import { getVerdict } from '../../domain/authorizations/get-verdict.ts'
import { listPossibleOrganizations } from '../../domain/authorizations/organization-choices.ts'
import type { UserActor } from '../../domain/permissions/actor.ts'
import { actorOfSession } from '../../domain/users/session-actor.ts'
import { loginOf, wishOf } from './interaction.ts'
import { type AtHand, answer, beginAgain, isAwaited } from './interaction-at-hand.ts'
import { readClient } from './lookups.ts'
import { signedInPerson } from './signed-in-person.ts'

/** Each gives the address where the browser goes on; a refusal leads back to the interaction's page. */

/** Goes on as the person who has just signed in. Somebody else than before: the request begins again, as theirs. */
export async function answerSignIn(atHand: AtHand, userId: Id<'user'>): Promise<string> {
  const { interaction } = atHand
  const before = interaction.session?.accountId
  if (before && before !== userId) return beginAgain(atHand, true)
  if (interaction.prompt.name === 'login') return answer(atHand, loginOf({ userId }))
  return `/interaction/${interaction.uid}`
}

/** Goes on with the organization in which the app is to act: one of the person's own. */
export async function answerOrganization(atHand: AtHand, rootOrganizationId: string): Promise<string> {
  const { actor, app } = await answering(atHand)
  const possible = await listPossibleOrganizations(actor.userId, app.appId)
  const chosen = possible.find((one) => one.rootOrganizationId === rootOrganizationId)
  if (!chosen) throw new Refusal('forbidden', 'You have no active place in that organization.')
  return answer(atHand, { organization: { rootOrganizationId: chosen.rootOrganizationId } })
}

/** Records the person's yes to what the page showed, and goes on to the app. Refuses when more is asked by now. */
export async function answerYes(
  atHand: AtHand,
  shown: { rootOrganizationId: string; scopes: string[] },
): Promise<string> {
  const { actor, wish } = await answering(atHand)
  if (!(await isAwaited(atHand.interaction)))
    throw new Refusal('conflict', 'Your device waits no longer. Start again on it.')
  const granting = wish && (await withoutWithheld(wish))
  if (
    !granting ||
    granting.rootOrganizationId !== shown.rootOrganizationId ||
    scopesBeyond(granting.scopes, shown.scopes).length > 0
  ) {
    throw new Refusal('conflict', 'What the app asks for has changed meanwhile. Please look again.')
  }
  await authorizeApp(actor, inputOf(granting))
  return answer(atHand, { consent: {} })
}

/** Goes back to the app with nothing: it learns `access_denied` (RFC 6749 §4.1.2.1) and no more about the person. */
export async function answerNo(atHand: AtHand): Promise<string> {
  const { actor, wish } = await answeringIfAny(atHand)
  const isAnswer = actor && wish && (await getVerdict(wish)).kind === 'consent'
  if (isAnswer) await denyApp(actor, inputOf(wish))
  return answer(atHand, {
    error: 'access_denied',
    error_description: isAnswer
      ? 'the person did not authorize this'
      : 'the person left without an authorization',
  })
}

/** What the page asked the person for: nothing of what is left out because nobody has approved it. */
async function withoutWithheld(wish: Wish): Promise<Wish> {
  const verdict = await getVerdict(wish)
  const withheld = verdict.kind === 'consent' || verdict.kind === 'allow' ? verdict.withheld : []
  return { ...wish, scopes: scopesBeyond(wish.scopes, withheld) }
}

type Person = {
  actor: UserActor
  app: NonNullable<Awaited<ReturnType<typeof readClient>>>
  wish: Wish | undefined
}

async function answering(atHand: AtHand): Promise<Person> {
  const found = await answeringIfAny(atHand)
  if (!found.actor) throw new Refusal('unauthenticated', 'You are signed out. Sign in again to go on.')
  return found
}

async function answeringIfAny(atHand: AtHand): Promise<Person | { actor: undefined; wish: undefined }> {
  const { cookie, interaction } = atHand
  const [person, app] = await Promise.all([
    signedInPerson(cookie),
    readClient(String(interaction.params.client_id)),
  ])
  const isTheirs = person && person.userId === interaction.session?.accountId
  if (!isTheirs || !app) return { actor: undefined, wish: undefined }
  return { actor: actorOfSession(person, visitor()), app, wish: await wishOf(atHand, app, person) }
}

function inputOf({ appId, rootOrganizationId, scopes }: Wish) {
  return { appId, rootOrganizationId, scopes: [...scopes] }
}

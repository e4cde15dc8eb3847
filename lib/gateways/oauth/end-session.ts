import type { KoaContextWithOIDC } from 'oidc-provider'
import { sessionCookieName, sessionCookieOptions } from '../../base/session-cookie.ts'
import { visitor } from '../../base/visitor.ts'
import { endSession } from '../../domain/users/end-session.ts'
import { actorOfSession } from '../../domain/users/session-actor.ts'
import { formOf } from './form-of.ts'
import { html, page } from './pages.ts'
import { signedInPerson } from './signed-in-person.ts'

/** Asks whether to sign out: an app that sends a browser here must not decide it alone (OpenID Connect RP-Initiated Logout §2). */
export async function askToSignOut(ctx: KoaContextWithOIDC): Promise<void> {
  const goesBack = ctx.oidc.params?.post_logout_redirect_uri !== undefined
  const app = goesBack ? ctx.oidc.client?.clientName : undefined
  const person = await signedInPerson(ctx.get('cookie'))
  ctx.body = page('Sign out', [
    html`<h1>Sign out?</h1>
<p>${person?.fullName ?? 'You'} will be signed out of Gatehouse${app ? ` and go back to ${app}` : ''}. What apps may do for you stays as it is.</p>`,
    formOf(
      ctx,
      'end_session_confirm',
      html`<div class="acts"><button>Stay signed in</button><button name="logout" value="yes" class="primary">Sign out</button></div>`,
    ),
  ])
}

/** What a browser sees afterwards when no app waits for it. */
export async function saySignedOut(ctx: KoaContextWithOIDC): Promise<void> {
  const person = await signedInPerson(ctx.get('cookie'))
  ctx.body = person
    ? page('Still signed in', [
        html`<h1>You are still signed in</h1><p>Nothing has changed.</p><p><a href="/">Go to Gatehouse</a></p>`,
      ])
    : page('Signed out', [
        html`<h1>You are signed out</h1><p>Apps keep what you allowed them.</p><p><a href="/sign-in">Sign in</a></p>`,
      ])
}

/** Ends our session with the provider's: there is one. The console's cookie, worth nothing now, goes too. */
export async function endSessionOf(ctx: KoaContextWithOIDC): Promise<void> {
  const secure = sessionCookieOptions().secure ? '; Secure' : ''
  ctx.append('Set-Cookie', `${sessionCookieName()}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0${secure}`)
  const person = await signedInPerson(ctx.get('cookie'))
  if (!person) return
  await endSession(actorOfSession(person, visitor()), { sessionId: person.sessionId })
}

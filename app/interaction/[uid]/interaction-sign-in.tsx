import { PeopleShell } from '#components/shell/people-shell'
import { TextLink } from '#components/ui/text-link'
import { SignInForm } from '#components/users/sign-in-form'
import { newFormToken } from '#lib/base/form-token'
import { AppPicture } from '../../app-picture.tsx'
import { DemoBanner } from '../../demo-banner.tsx'
import { type Asked, actOf } from './asked.ts'
import { BackToApp } from './back-to-app.tsx'

/** Signing in on the way to an app. */
export function InteractionSignIn({
  view,
  sessionId,
  notice,
  isSwitching,
}: Asked<'sign-in'> & { isSwitching: boolean }) {
  const { uid, app, loginHint } = view
  const typed = notice ?? (loginHint ? { sentence: '', fields: {}, typed: { login: loginHint } } : null)
  return (
    <PeopleShell
      width="slim"
      banner={<DemoBanner />}
      foot={<BackToApp view={view} sessionId={sessionId} />}
      below={
        isSwitching ? (
          <TextLink href={`/interaction/${uid}`}>Stay with the account you use now</TextLink>
        ) : undefined
      }
    >
      <div className="mb-3">
        <AppPicture id={app.id} name={app.name} size="huge" />
      </div>
      <h1 className="mb-1 text-title text-balance">Sign in to go on to {app.name}</h1>
      <p className="mb-5 text-ink-2">
        {app.name} by {app.publisher} does not see your password.
      </p>
      <SignInForm
        action={`/interaction/${uid}/session${isSwitching ? '?account=another' : ''}`}
        token={newFormToken(actOf(uid, 'sign-in'), sessionId)}
        notice={typed}
      />
    </PeopleShell>
  )
}

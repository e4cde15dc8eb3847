import { FormToken } from '#components/forms/form-token'
import { PlainSubmit } from '#components/forms/plain-submit'
import { AccountBox } from '#components/shell/account-box'
import { EqualButtons, PeopleShell } from '#components/shell/people-shell'
import { ButtonLink } from '#components/ui/button'
import { newFormToken } from '#lib/base/form-token'
import type { LiveSession } from '#lib/domain/users/find-session'
import { DemoBanner } from '../demo-banner.tsx'
import { type Asked, actOf } from './asked.ts'
import { Invited } from './invited.tsx'

/** For whoever is signed in with the invited address: one press. */
export function JoinAsSignedIn({
  token,
  invitation,
  sessionId,
  notice,
  session,
}: Asked & { session: LiveSession }) {
  return (
    <PeopleShell
      banner={<DemoBanner />}
      foot={
        <form method="post" action={`/invitation/place?token=${encodeURIComponent(token)}`}>
          <FormToken token={newFormToken(actOf(token), sessionId)} />
          <EqualButtons>
            <ButtonLink href="/" size="large">
              Not now
            </ButtonLink>
            <PlainSubmit variant="primary" size="large">
              Join
            </PlainSubmit>
          </EqualButtons>
        </form>
      }
    >
      <Invited invitation={invitation} notice={notice} />
      <AccountBox name={session.fullName} email={session.email} />
    </PeopleShell>
  )
}

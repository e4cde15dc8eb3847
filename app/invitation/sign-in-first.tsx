import { PeopleShell } from '#components/shell/people-shell'
import { ButtonLink } from '#components/ui/button'
import { DemoBanner } from '../demo-banner.tsx'
import { type Asked, invitationPath } from './asked.ts'
import { Invited } from './invited.tsx'

/** The invited address has an account: its owner signs in and comes back here. */
export function SignInFirst({ token, invitation, notice }: Asked) {
  const returnTo = encodeURIComponent(invitationPath(token))
  return (
    <PeopleShell
      banner={<DemoBanner />}
      foot={
        <ButtonLink variant="primary" size="large" wide href={`/sign-in?returnTo=${returnTo}`}>
          Sign in to join
        </ButtonLink>
      }
    >
      <Invited invitation={invitation} notice={notice} />
      <p>
        There is an account with{' '}
        <strong className="font-medium [overflow-wrap:anywhere]">{invitation.email}</strong>. Sign in with it;
        you come back here and join with one press.
      </p>
    </PeopleShell>
  )
}

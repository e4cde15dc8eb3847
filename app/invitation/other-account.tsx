import { AccountBox } from '#components/shell/account-box'
import { EqualButtons, PeopleShell } from '#components/shell/people-shell'
import { ButtonLink } from '#components/ui/button'
import type { LiveSession } from '#lib/domain/users/find-session'
import { DemoBanner } from '../demo-banner.tsx'
import { type Asked, invitationPath } from './asked.ts'
import { Invited } from './invited.tsx'

/** Somebody else is signed in at this browser: they are told, and may switch. */
export function OtherAccount({ token, invitation, notice, session }: Asked & { session: LiveSession }) {
  const { email, hasAccount } = invitation
  const path = invitationPath(token)
  return (
    <PeopleShell
      banner={<DemoBanner />}
      foot={
        <EqualButtons>
          <ButtonLink href="/" size="large">
            Not now
          </ButtonLink>
          <ButtonLink
            variant="primary"
            size="large"
            href={
              hasAccount
                ? `/sign-in?account=another&returnTo=${encodeURIComponent(path)}`
                : `${path}&account=new`
            }
          >
            {hasAccount ? 'Switch account' : 'Create an account'}
          </ButtonLink>
        </EqualButtons>
      }
    >
      <Invited invitation={invitation} notice={notice} />
      <p className="mb-3">
        It is for <strong className="font-medium [overflow-wrap:anywhere]">{email}</strong>. You are signed in
        with another account:
      </p>
      <AccountBox name={session.fullName} email={session.email} />
      <p className="mt-3 text-ink-2">
        {hasAccount
          ? 'Sign in with the account that has the invited address, and you come back here.'
          : 'Nobody has an account with the invited address yet. Making one signs this account out of this browser.'}
      </p>
    </PeopleShell>
  )
}

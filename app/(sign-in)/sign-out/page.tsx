import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { FormToken } from '#components/forms/form-token'
import { PlainSubmit } from '#components/forms/plain-submit'
import { AccountBox } from '#components/shell/account-box'
import { EqualButtons, PeopleShell } from '#components/shell/people-shell'
import { ButtonLink } from '#components/ui/button'
import { newFormToken } from '#lib/base/form-token'
import { currentSession } from '#lib/gateways/console/actor'
import { DemoBanner } from '../../demo-banner.tsx'

export const metadata: Metadata = { title: 'Sign out' }

/** Asks before signing out: a link alone, from anywhere, signs nobody out. */
export default async function SignOutPage() {
  const session = await currentSession()
  if (!session) redirect('/sign-in')
  return (
    <PeopleShell
      width="slim"
      banner={<DemoBanner />}
      foot={
        <form method="post" action="/sign-out/session">
          <FormToken token={newFormToken('sign-out', session.sessionId)} />
          <EqualButtons>
            <ButtonLink href="/" size="large">
              Cancel
            </ButtonLink>
            <PlainSubmit variant="primary" size="large">
              Sign out
            </PlainSubmit>
          </EqualButtons>
        </form>
      }
    >
      <h1 className="mb-1 text-title">Sign out of Gatehouse?</h1>
      <p className="mb-5 text-ink-2">
        Apps you allowed keep working. Each app at this browser asks you to sign in here again.
      </p>
      <AccountBox name={session.fullName} email={session.email} />
    </PeopleShell>
  )
}

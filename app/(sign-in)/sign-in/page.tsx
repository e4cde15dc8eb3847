import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { PeopleShell } from '#components/shell/people-shell'
import { Notice } from '#components/ui/notice'
import { SignInForm } from '#components/users/sign-in-form'
import { newFormToken } from '#lib/base/form-token'
import { getDeployment } from '#lib/domain/organizations/get-deployment'
import { currentSession, sessionIdAtHand } from '#lib/gateways/console/actor'
import { noticeNamed } from '#lib/gateways/console/notice'
import { pathWithin } from '#lib/gateways/console/path-within'
import { shown } from '#lib/gateways/console/refuse'
import { DemoBanner } from '../../demo-banner.tsx'

export const metadata: Metadata = { title: 'Sign in' }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** Signing in with username or e-mail address and password. Whoever is signed in already goes on, unless they ask for another account. */
export default async function SignInPage({ searchParams }: Props) {
  const query = await searchParams
  const returnTo = pathWithin(query.returnTo)
  const session = await currentSession()
  const isSwitching = query.account === 'another'
  if (session && !isSwitching) redirect(returnTo ?? '/')
  if (!(await shown(getDeployment())).isSetUp) redirect('/set-up')
  const action = `/sign-in/session${returnTo ? `?returnTo=${encodeURIComponent(returnTo)}` : ''}`
  return (
    <PeopleShell width="slim" banner={<DemoBanner />}>
      <h1 className="mb-1 text-title">Sign in</h1>
      <p className="mb-5 text-ink-2">
        {session
          ? `You are signed in as ${session.fullName}. Signing in as somebody else ends that.`
          : returnTo
            ? 'You go on to where you were heading.'
            : 'To the apps that act for you, and the ones you look after.'}
      </p>
      {query.after === 'new-password' && (
        <div className="mb-4">
          <Notice tone="ok">
            Your new password is set, and you were signed out everywhere. Sign in with it.
          </Notice>
        </div>
      )}
      <SignInForm
        action={action}
        token={newFormToken('sign-in', await sessionIdAtHand())}
        notice={await noticeNamed(query.notice)}
      />
    </PeopleShell>
  )
}

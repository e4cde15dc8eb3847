import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { PeopleShell } from '#components/shell/people-shell'
import { newFormToken } from '#lib/base/form-token'
import { getDeployment } from '#lib/domain/organizations/get-deployment'
import { sessionIdAtHand } from '#lib/gateways/console/actor'
import { noticeNamed } from '#lib/gateways/console/notice'
import { shown } from '#lib/gateways/console/refuse'
import { SetUpForm } from './set-up-form.tsx'

export const metadata: Metadata = { title: 'Set up' }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** The first visit: whoever has the code from the log makes the first organization and their own account. Afterwards there is nothing here. */
export default async function SetUpPage({ searchParams }: Props) {
  if ((await shown(getDeployment())).isSetUp) redirect('/sign-in')
  return (
    <PeopleShell width="medium">
      <h1 className="mb-1 text-title">Set up Gatehouse</h1>
      <p className="mb-5 text-ink-2">
        Create the first organization and your account. You will own the organization, and you will be the
        operator of this deployment.
      </p>
      <SetUpForm
        token={newFormToken('set-up', await sessionIdAtHand())}
        notice={await noticeNamed((await searchParams).notice)}
      />
    </PeopleShell>
  )
}

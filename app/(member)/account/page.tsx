import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { PageHeader } from '#components/shell/page-header'
import { ButtonLink } from '#components/ui/button'
import { Notice } from '#components/ui/notice'
import { DateTime, RelativeTime } from '#components/ui/relative-time'
import { getOwnAccount } from '#lib/domain/users/get-own-account'
import { listOwnSessions } from '#lib/domain/users/list-own-sessions'
import { requireActor } from '#lib/gateways/console/actor'
import { noticeNamed } from '#lib/gateways/console/notice'
import { shown } from '#lib/gateways/console/refuse'
import { SignedInAt } from './signed-in-at.tsx'

export const metadata: Metadata = { title: 'Account' }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** Who one is here, how one signs in, and where one is signed in. */
export default async function AccountPage({ searchParams }: Props) {
  const actor = await requireActor()
  const [account, sessions] = await Promise.all([shown(getOwnAccount(actor)), listOwnSessions(actor)])
  const notice = await noticeNamed((await searchParams).notice)
  return (
    <div className="flex w-full max-w-2xl flex-col gap-8 break-words">
      <div className="flex flex-col gap-4">
        <PageHeader
          title="Account"
          meta={
            <p>
              {account.homeName ? `Administered by ${account.homeName}` : 'Your account here'} · since{' '}
              <DateTime at={account.createdAt} />
            </p>
          }
        />
        {notice && (
          <Notice tone={notice.isDone ? 'ok' : 'bad'} isAlert={!notice.isDone}>
            {notice.sentence}
          </Notice>
        )}
        <dl className="divide-y divide-line border-y border-line">
          <Line label="Name" change={{ href: '/account/name', label: 'Change your name' }}>
            {account.fullName}
          </Line>
          <Line label="Username" detail="You sign in with it. It stays, because apps may know you by it.">
            {account.username}
          </Line>
          <Line
            label="E-mail address"
            change={{ href: '/account/email', label: 'Change your e-mail address' }}
            detail={
              account.emailAsked &&
              `${account.emailAsked} waits to be confirmed: a link lies in that mailbox.`
            }
          >
            {account.email}
          </Line>
          <Line
            label="Password"
            change={{ href: '/account/password', label: 'Change your password' }}
            detail="Nobody can read it, us included."
          >
            {account.passwordChangedAt ? (
              <>
                Changed <RelativeTime at={account.passwordChangedAt} />
              </>
            ) : (
              <>
                The same since <DateTime at={account.createdAt} />
              </>
            )}
          </Line>
        </dl>
      </div>
      <SignedInAt sessions={sessions} sessionId={actor.sessionId ?? null} />
    </div>
  )
}

function Line({
  label,
  detail,
  change,
  children,
}: {
  label: string
  detail?: ReactNode
  change?: { href: string; label: string }
  children: ReactNode
}) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 py-3 sm:grid-cols-[9rem_minmax(0,1fr)_auto]">
      <dt className="text-muted max-sm:col-start-1 max-sm:text-meta">{label}</dt>
      <dd className="min-w-0 max-sm:col-start-1">
        <span className="block font-medium [overflow-wrap:anywhere]">{children}</span>
        {detail && <span className="block text-meta text-muted">{detail}</span>}
      </dd>
      {change && (
        <dd className="max-sm:col-start-2 max-sm:row-span-2 max-sm:row-start-1">
          <ButtonLink href={change.href} aria-label={change.label} className="max-sm:h-11">
            Change
          </ButtonLink>
        </dd>
      )}
    </div>
  )
}

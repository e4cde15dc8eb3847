import type { Metadata } from 'next'
import { FormToken } from '#components/forms/form-token'
import { PlainSubmit } from '#components/forms/plain-submit'
import { PeopleShell } from '#components/shell/people-shell'
import { Notice } from '#components/ui/notice'
import { LinkIsOver } from '#components/users/link-is-over'
import { NewPasswordField } from '#components/users/new-password-field'
import { newFormToken } from '#lib/base/form-token'
import { findAccountLink } from '#lib/domain/users/find-account-link'
import { sessionIdAtHand } from '#lib/gateways/console/actor'
import { noticeNamed } from '#lib/gateways/console/notice'
import { shown } from '#lib/gateways/console/refuse'
import { DemoBanner } from '../../demo-banner.tsx'

export const metadata: Metadata = { title: 'Choose a new password' }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** Where a mailed link leads. Opening it changes nothing, because mail programs open links too: only the form does. */
export default async function ResetPasswordPage({ searchParams }: Props) {
  const query = await searchParams
  const token = typeof query.token === 'string' ? query.token : ''
  const link = await shown(findAccountLink(token, 'password-reset'))
  const notice = await noticeNamed(query.notice)
  if (!link) {
    return (
      <PeopleShell banner={<DemoBanner />}>
        <LinkIsOver again={{ label: 'Ask for a new link', href: '/forgotten-password' }} />
      </PeopleShell>
    )
  }
  return (
    <PeopleShell width="slim" banner={<DemoBanner />}>
      <h1 className="mb-1 text-title">Choose a new password</h1>
      <p className="mb-5 text-ink-2">
        For your account <span className="font-medium text-ink">{link.username}</span>. You will be signed out
        everywhere; apps you allowed keep working.
      </p>
      <form
        method="post"
        action={`/reset-password/password?token=${encodeURIComponent(token)}`}
        className="flex flex-col gap-4"
      >
        <FormToken token={newFormToken('reset-password', await sessionIdAtHand())} />
        {notice && !notice.fields.newPassword && (
          <Notice tone="bad" isAlert>
            {notice.sentence}
          </Notice>
        )}
        <NewPasswordField username={link.username} error={notice?.fields.newPassword} autoFocus />
        <PlainSubmit variant="primary" size="large" wide>
          Set the new password
        </PlainSubmit>
      </form>
    </PeopleShell>
  )
}

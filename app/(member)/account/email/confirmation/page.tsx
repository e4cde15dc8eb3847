import { UserRoundX } from 'lucide-react'
import type { Metadata } from 'next'
import { Message } from '#components/shell/message'
import { ButtonLink } from '#components/ui/button'
import { LinkIsOver } from '#components/users/link-is-over'
import { newFormToken } from '#lib/base/form-token'
import { findAccountLink } from '#lib/domain/users/find-account-link'
import { requireActor } from '#lib/gateways/console/actor'
import { noticeNamed } from '#lib/gateways/console/notice'
import { shown } from '#lib/gateways/console/refuse'
import { CONFIRM_EMAIL_CHANGE } from '../../acts.ts'
import { OwnForm } from '../../own-form.tsx'

export const metadata: Metadata = { title: 'Confirm your e-mail address' }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** Where the link in the new mailbox leads. Opening it changes nothing; only the person themselves can confirm. */
export default async function ConfirmationPage({ searchParams }: Props) {
  const query = await searchParams
  const token = typeof query.token === 'string' ? query.token : ''
  const actor = await requireActor()
  const link = await shown(findAccountLink(token, 'email-change'))
  const here = `/account/email/confirmation?token=${encodeURIComponent(token)}`
  if (!link) return <LinkIsOver again={{ label: 'Enter the address again', href: '/account/email' }} />
  if (link.userId !== actor.userId) {
    return (
      <Message
        mark={<UserRoundX aria-hidden />}
        title="This link belongs to another account"
        acts={
          <ButtonLink
            href={`/sign-in?account=another&returnTo=${encodeURIComponent(here)}`}
            variant="primary"
          >
            Sign in with another account
          </ButtonLink>
        }
      >
        <p>You are signed in as {actor.name}. Sign in with the account whose address is to change.</p>
      </Message>
    )
  }
  return (
    <OwnForm
      title="Is this your e-mail address?"
      intro={
        <>
          <span className="font-medium text-ink">{link.newEmail}</span> becomes the address of your account:
          mail goes there, and you can sign in with it. The former address is told.
        </>
      }
      action={`/account/email/confirmation/change?token=${encodeURIComponent(token)}`}
      token={newFormToken(CONFIRM_EMAIL_CHANGE, actor.sessionId ?? null)}
      notice={await noticeNamed(query.notice)}
      submit="Use this address"
    />
  )
}

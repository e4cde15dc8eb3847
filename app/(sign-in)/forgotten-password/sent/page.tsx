import { MailCheck } from 'lucide-react'
import type { Metadata } from 'next'
import { Message } from '#components/shell/message'
import { PeopleShell } from '#components/shell/people-shell'
import { ButtonLink } from '#components/ui/button'
import { LINK_MINUTES } from '#lib/domain/users/account-links'
import { DemoBanner } from '../../../demo-banner.tsx'

export const metadata: Metadata = { title: 'Look into your mail' }

/** The one answer to whoever asked for a link. */
export default function SentPage() {
  return (
    <PeopleShell banner={<DemoBanner />}>
      <Message
        mark={<MailCheck aria-hidden />}
        title="Look into your mail"
        acts={<ButtonLink href="/sign-in">Back to sign in</ButtonLink>}
      >
        <p>
          If there is such an account, a link to choose a new password is on its way to its e-mail address. It
          works once, for {LINK_MINUTES} minutes.
        </p>
        <p>
          Nothing came? Look among the mail held back as junk, and whether you typed it right. An
          administrator of your organization can send you a link too.
        </p>
      </Message>
    </PeopleShell>
  )
}

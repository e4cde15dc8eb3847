import { MailX } from 'lucide-react'
import { Message } from '#components/shell/message'
import { PeopleShell } from '#components/shell/people-shell'
import { ButtonLink } from '#components/ui/button'
import { DemoBanner } from '../demo-banner.tsx'

/** The same for a link that was used, withdrawn or too old, and for one that never was. */
export function Gone() {
  return (
    <PeopleShell banner={<DemoBanner />}>
      <Message
        mark={<MailX aria-hidden />}
        title="This invitation is not good any more"
        acts={<ButtonLink href="/">Go to Gatehouse</ButtonLink>}
      >
        <p>
          An invitation works once, for a few days, and can be taken back. Perhaps you have joined already:
          then sign in. A link broken over two lines of a mail has to be put together first.
        </p>
        <p>Ask whoever invited you for a new one.</p>
      </Message>
    </PeopleShell>
  )
}

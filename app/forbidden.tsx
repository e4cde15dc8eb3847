import { Lock } from 'lucide-react'
import type { Metadata } from 'next'
import { Message } from '#components/shell/message'
import { PeopleShell } from '#components/shell/people-shell'
import { ButtonLink } from '#components/ui/button'

export const metadata: Metadata = { title: 'Not allowed' }

/** The person is known and may not do this. */
export default function Forbidden() {
  return (
    <PeopleShell>
      <Message
        mark={<Lock aria-hidden />}
        title="You don’t have access to this page"
        acts={<ButtonLink href="/">Go to your own pages</ButtonLink>}
      >
        <p>It takes another role than you have here.</p>
        <p>If you should have it, ask an administrator of your organization.</p>
      </Message>
    </PeopleShell>
  )
}

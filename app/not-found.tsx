import { SearchX } from 'lucide-react'
import type { Metadata } from 'next'
import { Message } from '#components/shell/message'
import { PeopleShell } from '#components/shell/people-shell'
import { ButtonLink } from '#components/ui/button'

export const metadata: Metadata = { title: 'Not found' }

/** Absent and not for this person look the same. */
export default function NotFound() {
  return (
    <PeopleShell>
      <Message
        mark={<SearchX aria-hidden />}
        title="There is nothing here"
        acts={<ButtonLink href="/">Go to the start</ButtonLink>}
      >
        <p>
          The address may be mistyped, what it led to may be gone, or it may lie where your account does not
          reach.
        </p>
        <p>If someone sent you this link, ask them which account it is meant for.</p>
      </Message>
    </PeopleShell>
  )
}

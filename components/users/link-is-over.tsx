import { Link2Off } from 'lucide-react'
import { Message } from '#components/shell/message'
import { ButtonLink } from '#components/ui/button'

/** A mailed link that was used, is too old, or never was: all look the same. */
export function LinkIsOver({ again }: { again: { label: string; href: string } }) {
  return (
    <Message
      mark={<Link2Off aria-hidden />}
      title="This link is no longer good"
      acts={
        <ButtonLink href={again.href} variant="primary">
          {again.label}
        </ButtonLink>
      }
    >
      <p>It works once and for half an hour, and a newer one may have taken its place.</p>
      <p>If the mail broke the address into lines, copy all of it.</p>
    </Message>
  )
}

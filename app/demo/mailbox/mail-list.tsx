import Link from 'next/link'
import { RelativeTime } from '#components/ui/relative-time'
import { TextLink } from '#components/ui/text-link'
import type { KeptMail } from '#lib/domain/mail/list-kept-mails'

const MAILBOX = '/demo/mailbox'

/** The newest first: subject, whom it is to, when. */
export function MailList({
  rows,
  openId,
  after,
  next,
}: {
  rows: readonly KeptMail[]
  openId: string
  after: string | undefined
  next: string | null
}) {
  const page = after ? `after=${encodeURIComponent(after)}&` : ''
  return (
    <nav aria-label="Mails">
      <ul className="flex flex-col gap-0.5">
        {rows.map((mail) => (
          <li key={mail.mailId}>
            <Link
              href={`${MAILBOX}?${page}mail=${mail.mailId}`}
              scroll={false}
              aria-current={mail.mailId === openId ? 'true' : undefined}
              className="flex items-start gap-2.5 rounded-control px-2.5 py-2.5 text-ink no-underline -outline-offset-2 hover:bg-hover max-lg:border max-lg:border-line max-lg:bg-surface lg:aria-[current=true]:bg-accent-bg"
            >
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium">{mail.subject}</span>
                <span className="block truncate text-meta text-muted">{mail.recipient}</span>
              </span>
              <RelativeTime at={mail.writtenAt} short className="shrink-0 text-meta text-muted" />
            </Link>
          </li>
        ))}
      </ul>
      {(after || next) && (
        <p className="mt-2 flex justify-between px-2.5">
          {after ? <TextLink href={MAILBOX}>Newest</TextLink> : <span />}
          {next && <TextLink href={`${MAILBOX}?after=${encodeURIComponent(next)}`}>Older</TextLink>}
        </p>
      )}
    </nav>
  )
}

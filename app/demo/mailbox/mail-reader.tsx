import { DateTime } from '#components/ui/relative-time'
import type { KeptMail } from '#lib/domain/mail/list-kept-mails'

/** One mail as its reader sees it: plain text, whose one link can be followed. */
export function MailReader({ mail }: { mail: KeptMail }) {
  return (
    <article aria-labelledby="subject" className="flex max-w-2xl flex-col gap-4 pt-4 lg:pt-5">
      <header className="flex flex-col gap-1 border-b border-line pb-4">
        <h2 id="subject" className="text-dialog text-balance">
          {mail.subject}
        </h2>
        <p className="text-ink-2 [overflow-wrap:anywhere]">
          To {mail.recipient} · <DateTime at={mail.writtenAt} withTime />
        </p>
      </header>
      <div className="flex flex-col gap-3 text-people">
        {paragraphsOf(mail.text).map(({ key, lines }) => (
          <p key={key} className="[overflow-wrap:anywhere] whitespace-pre-line">
            {lines.map((line) => (isAddress(line) ? <Address key={line} address={line} /> : `${line}\n`))}
          </p>
        ))}
      </div>
    </article>
  )
}

function paragraphsOf(text: string): { key: string; lines: string[] }[] {
  return text
    .trim()
    .split('\n\n')
    .map((paragraph, at) => ({ key: `${at} ${paragraph}`, lines: paragraph.split('\n') }))
}

/** A plain anchor: followed like from any mail program, by a new request. */
function Address({ address }: { address: string }) {
  return (
    <a href={address} className="rounded-small font-medium text-accent-ink underline underline-offset-2">
      {address}
    </a>
  )
}

function isAddress(line: string): boolean {
  return /^https?:\/\/\S+$/.test(line) && URL.canParse(line)
}

import { ArrowLeft } from 'lucide-react'
import type { Metadata } from 'next'
import { LiveRefresh } from '#components/connected-apps/live-refresh'
import { PageHeader } from '#components/shell/page-header'
import { ProductName } from '#components/shell/product-mark'
import { SkipLink } from '#components/shell/skip-link'
import { ThemeMenu } from '#components/shell/theme-menu'
import { ButtonLink } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { TextLink } from '#components/ui/text-link'
import { listKeptMails } from '#lib/domain/mail/list-kept-mails'
import { shown } from '#lib/gateways/console/refuse'
import { DemoBanner } from '../../demo-banner.tsx'
import { MailList } from './mail-list.tsx'
import { MailReader } from './mail-reader.tsx'

export const metadata: Metadata = { title: 'Mailbox' }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** The mailbox of everybody in the demo: mails on the left, the open one on the right; on a phone one after the other. */
export default async function MailboxPage({ searchParams }: Props) {
  const query = await searchParams
  const after = typeof query.after === 'string' ? query.after : undefined
  const { rows, next } = await shown(listKeptMails({ cursor: after }))
  const chosen = rows.find(({ mailId }) => mailId === query.mail)
  const mail = chosen ?? rows[0]
  return (
    <div className="page-root flex flex-col">
      <SkipLink />
      <DemoBanner />
      <LiveRefresh />
      <header className="flex h-14 shrink-0 items-center justify-between gap-4 border-b border-line px-5 sm:px-8">
        <ProductName />
        <div className="-mr-2 flex items-center gap-2">
          <TextLink href="/">To the console</TextLink>
          <ThemeMenu />
        </div>
      </header>
      <main
        id="main"
        tabIndex={-1}
        className="mx-auto flex w-full max-w-6xl flex-1 flex-col px-4 pt-5 sm:px-8"
      >
        <div className={chosen ? 'max-lg:hidden' : undefined}>
          <PageHeader
            title="Mailbox"
            meta={<p>Mail to everybody in this demo. None is sent: all of it stays here.</p>}
          />
        </div>
        {mail ? (
          <div
            className={`grid flex-1 grid-cols-[minmax(0,1fr)] grid-rows-[1fr] border-line lg:mt-4 lg:grid-cols-[22rem_minmax(0,1fr)] lg:border-t ${chosen ? '' : 'mt-4'}`}
          >
            <div className={`min-w-0 pt-2 pb-12 lg:pr-3 ${chosen ? 'max-lg:hidden' : ''}`}>
              <MailList rows={rows} openId={mail.mailId} after={after} next={next} />
            </div>
            <div className={`min-w-0 border-line pb-12 lg:border-l lg:pl-8 ${chosen ? '' : 'max-lg:hidden'}`}>
              <ButtonLink
                href={after ? `/demo/mailbox?after=${encodeURIComponent(after)}` : '/demo/mailbox'}
                variant="quiet"
                icon={<ArrowLeft aria-hidden />}
                className="-ml-3 h-11 lg:hidden"
              >
                All mail
              </ButtonLink>
              <MailReader mail={mail} />
            </div>
          </div>
        ) : (
          <div className="mt-4">
            <EmptyState title="No mail yet">
              Invitations, links to choose a password and news about apps land here.
            </EmptyState>
          </div>
        )}
      </main>
    </div>
  )
}

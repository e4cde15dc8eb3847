import { ArrowLeft } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { sentBackTo } from '#components/connected-apps/sent-back-to'
import { CopyButton } from '#components/ui/copy-button'
import { countText } from '#lib/base/bounded-count'
import { environment } from '#lib/base/env'
import type { ApprovalRequestPage } from '#lib/domain/allowlist/get-approval-request'
import { AppPicture } from '../../../../../../../app-picture.tsx'

type Props = { request: ApprovalRequestPage; title: string; mark?: ReactNode; listHref: string }

/** Whose request it is: publisher, where the app sends people back to, how many use it here; and its link. */
export function RequestHead({ request, title, mark, listHref }: Props) {
  const { app } = request
  return (
    <div className="flex flex-col gap-3">
      <Link
        href={listHref}
        className="flex items-center gap-1.5 self-start rounded-small text-ink-2 no-underline hover:text-ink lg:hidden"
      >
        <ArrowLeft className="size-3.5" aria-hidden />
        All requests
      </Link>
      <div className="flex flex-wrap items-center gap-3">
        <AppPicture id={app.id} name={app.name} size="large" />
        <div className="min-w-0 flex-1 basis-60">
          <h2
            tabIndex={-1}
            data-request-title
            className="flex flex-wrap items-center gap-x-2 text-section outline-none"
          >
            {title} {mark}
          </h2>
          <p className="text-muted">
            {app.isInternal ? 'Internal' : app.publisher} · sends people back to{' '}
            <span className="wrap-anywhere text-ink">{sentBackTo(app.redirectHosts) || 'nowhere'}</span> ·{' '}
            {usedBy(request)}
          </p>
        </div>
        <CopyButton text={`${environment().publicUrl}/approvals/${request.id}`} label="Copy link" />
      </div>
    </div>
  )
}

function usedBy({ people }: ApprovalRequestPage): string {
  if (people === 0) return 'nobody uses it here'
  return people === 1 ? 'one person uses it here' : `${countText(people)} people use it here`
}

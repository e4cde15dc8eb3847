import { CircleCheck } from 'lucide-react'
import { JwtsCountdown } from '#components/connected-apps/jwts-countdown'
import { Button, ButtonLink } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { Skeleton } from '#components/ui/skeleton'
import type { Removal } from '#lib/domain/installations/get-removal'
import { removalPath } from '../../../paths.ts'
import type { Organization } from './acts.tsx'
import { RemovalFigures } from './removal-figures.tsx'
import { standingAfter } from './removal-words.ts'
import { useRemoval } from './use-removal.ts'

type Props = {
  title: string
  organization: Organization
  /** What the removal itself counted, while its receipt is on its way. */
  first: Pick<Removal, 'kind' | 'apps' | 'authorizations' | 'families' | 'tokens' | 'jwtsUntil'> & {
    removalId: string | null
    isExact: boolean
    /** How the apps stand now; absent: only the receipt knows. */
    standing?: Pick<Removal, 'isBlocked' | 'isEntryRemoved' | 'frozen'>
  }
  onClose: () => void
}

/** What was ended, and what holds from now on. Many are counted once it is done: the removal did not wait for that. */
export function RemovalReceipt({ title, organization, first, onClose }: Props) {
  const { data } = useRemoval(organization.id, first.removalId)
  // What was counted to the end at once is not taken back while the job counts it again.
  const ended = data && (data.isCounted || !first.isExact) ? data : { ...first, isCounted: first.isExact }
  const standing = data ?? (first.standing && { ...first, ...first.standing })
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      lead={<CircleCheck className="mt-1 size-5 text-ok" aria-hidden />}
      title={title}
      foot={
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      }
      footStart={
        first.removalId && (
          <ButtonLink variant="quiet" href={removalPath(organization.id, first.removalId)}>
            Open the receipt
          </ButtonLink>
        )
      }
    >
      <div className="flex flex-col gap-4">
        <RemovalFigures removal={ended} />
        {standing ? (
          <p className="text-ink-2">{standingAfter(standing)}</p>
        ) : (
          <Skeleton className="h-5 w-3/4" />
        )}
        <JwtsCountdown at={data ? data.jwtsUntil : first.jwtsUntil} />
      </div>
    </Dialog>
  )
}

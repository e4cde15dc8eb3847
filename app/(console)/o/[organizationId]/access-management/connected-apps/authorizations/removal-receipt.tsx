import { useQuery } from '@tanstack/react-query'
import { CircleCheck } from 'lucide-react'
import { JwtsUntil } from '#components/connected-apps/jwts-until'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { EffectFigures } from '#components/ui/facts'
import { countText, leastText } from '#lib/base/bounded-count'
import type { Removal } from '#lib/domain/authorizations/get-removal'
import { RECEIPT_COUNTED_MAX, type RemovalReceipt as Receipt } from '#lib/domain/authorizations/schema'
import { readApi } from '../../../../../read-api.ts'
import type { ActedOn, Organization } from './acts.tsx'

type Props = {
  app: ActedOn
  organization: Organization
  receipt: Receipt
  onClose: () => void
}

/** What was ended, and what holds from now on. Many people are counted once it is done: the removal did not wait for that. */
export function RemovalReceipt({ app, organization, receipt, onClose }: Props) {
  const { isBlocked, isEntryRemoved, epoch } = receipt
  const counted = useQuery({
    queryKey: ['removed', organization.id, app.id, epoch],
    queryFn: () =>
      readApi<Removal>(`/organizations/${organization.id}/authorized-apps/${app.id}/removed?epoch=${epoch}`),
    enabled: !receipt.isExact,
  })
  const ended = counted.data ?? receipt
  const people = counted.data ? countText(ended.people) : countText(ended.people, RECEIPT_COUNTED_MAX)
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      lead={<CircleCheck className="mt-1 size-5 text-ok" aria-hidden />}
      title={isBlocked ? `${app.name} is removed and blocked` : `${app.name} is removed`}
      description={`It holds nothing of ${organization.name} any more.`}
      foot={
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <EffectFigures
          figures={[
            { label: ended.people === 1 ? 'person lost it' : 'people lost it', value: people },
            { label: 'token families ended', value: leastText(ended.families, ended.isExact) },
            { label: 'tokens ended', value: leastText(ended.tokens, ended.isExact) },
          ]}
        />
        <p className="text-ink-2">
          {isBlocked
            ? 'Nobody here can authorize it until someone unblocks it.'
            : isEntryRemoved
              ? 'It is off the allowlist: under Restricted, people must ask for approval again.'
              : 'People may authorize it anew, where the policy lets them.'}
          {isBlocked && isEntryRemoved && ' It is off the allowlist, too.'}
        </p>
        <JwtsUntil at={receipt.jwtsUntil} />
      </div>
    </Dialog>
  )
}

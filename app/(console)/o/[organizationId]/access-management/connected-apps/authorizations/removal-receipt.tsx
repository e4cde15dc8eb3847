import { CircleCheck } from 'lucide-react'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { EffectFigures } from '#components/ui/facts'
import { RECEIPT_COUNTED_MAX, type RemovalReceipt as Receipt } from '#lib/domain/authorizations/schema'
import type { ActedOn, Organization } from './acts.tsx'

type Props = {
  app: ActedOn
  organization: Organization
  receipt: Receipt
  onClose: () => void
}

/** What was ended, and what holds from now on. */
export function RemovalReceipt({ app, organization, receipt, onClose }: Props) {
  const { isBlocked, isEntryRemoved } = receipt
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
            {
              label: receipt.people === 1 ? 'person lost it' : 'people lost it',
              value: ended(receipt.people),
            },
            { label: 'token families ended', value: ended(receipt.families) },
            { label: 'tokens ended', value: ended(receipt.tokens) },
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
      </div>
    </Dialog>
  )
}

/** Beyond its limit a removal counts no further: ending a million takes as long as ending ten. */
function ended(count: number): string {
  const most = RECEIPT_COUNTED_MAX.toLocaleString('en')
  return count > RECEIPT_COUNTED_MAX ? `${most}+` : count.toLocaleString('en')
}

'use client'

import { useRouter } from 'next/navigation'
import { useRef, useState } from 'react'
import { RefusalNotice } from '#components/forms/refusal-notice'
import { useAct } from '#components/forms/use-act'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { TextArea } from '#components/ui/text-area'
import { toast } from '#components/ui/toast'
import { REASON_LENGTH_MAX } from '#lib/domain/allowlist/schema'
import { decline } from '../actions.ts'
import { answeredHref } from './answered-href.ts'
import type { RequestToDecide } from './decision-form.tsx'

type Props = { request: RequestToDecide; listHref: string; onClose: () => void }

/** Says no, with a reason for whoever waits. */
export default function DeclineDialog({ request, listHref, onClose }: Props) {
  const router = useRouter()
  const field = useRef<HTMLTextAreaElement>(null)
  const [reason, setReason] = useState('')
  const { run, pending, refusal } = useAct(decline, () => {
    onClose()
    toast(`The request for ${request.app.name} is declined.`)
    router.replace(answeredHref(request.id, listHref), { scroll: false })
  })
  const isTooLong = reason.trim().length > REASON_LENGTH_MAX
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Decline the request for ${request.app.name}?`}
      description="Nothing that runs is touched. Whoever needs it can ask again."
      initialFocus={field}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            pending={pending}
            disabled={isTooLong}
            onClick={() =>
              run(
                { requestId: request.id, reason },
                {
                  // Somebody answered meanwhile: their answer takes the place of this dialog, and of what it says.
                  onSuccess: (answer) =>
                    answer.ok ||
                    answer.refusal.code !== 'conflict' ||
                    toast(answer.refusal.sentence, { detail: 'You did not decline it.', kind: 'failed' }),
                },
              )
            }
          >
            Decline
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <RefusalNotice refusal={refusal} />
        <TextArea
          ref={field}
          label="Reason"
          aside="Optional, told to whoever asked"
          rows={3}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          error={
            isTooLong
              ? `At most ${REASON_LENGTH_MAX} characters: ${reason.trim().length - REASON_LENGTH_MAX} too many.`
              : refusal?.fields.reason
          }
        />
      </div>
    </Dialog>
  )
}

'use client'

import { Undo2 } from 'lucide-react'
import { useEffect } from 'react'
import { RefusalNotice } from '#components/forms/refusal-notice'
import { useAct } from '#components/forms/use-act'
import { Button } from '#components/ui/button'
import { toast } from '#components/ui/toast'
import type { Id } from '#lib/base/ids'
import { reopen } from '../actions.ts'
import { giveFocusOn } from './give-focus-on.ts'

type Props = { requestId: Id<'approvalRequest'>; appName: string; expiresAt: Date }

/** Lets a request that was declined, or ended with a block, wait again until its time is over. */
export function TakeUpAgain({ requestId, appName, expiresAt }: Props) {
  const { run, pending, refusal } = useAct(reopen, () =>
    toast(`The request for ${appName} waits again.`, {
      detail: 'Whoever asked is told of your next answer.',
    }),
  )
  useEffect(() => giveFocusOn, [])
  if (expiresAt.getTime() <= Date.now()) return null
  return (
    <>
      <Button icon={<Undo2 aria-hidden />} pending={pending} onClick={() => run({ requestId })}>
        Take it up again
      </Button>
      <RefusalNotice refusal={refusal} />
    </>
  )
}

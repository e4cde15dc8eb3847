'use client'

import { MailX, Send } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { useAct } from '#components/forms/use-act'
import { Menu, type MenuEntry } from '#components/ui/menu'
import { toast } from '#components/ui/toast'
import type { Id } from '#lib/base/ids'
import { sendAgain } from '../actions.ts'

const WithdrawDialog = dynamic(() => import('./withdraw-dialog.tsx'), { ssr: false })

export type InvitationActedOn = { id: Id<'invitation'>; email: string }

/** An open invitation is sent again or taken back. */
export function InvitationMenu({ invitation }: { invitation: InvitationActedOn }) {
  const [isWithdrawing, setWithdrawing] = useState(false)
  const { run } = useAct(sendAgain)
  const again = () =>
    run(
      { invitationId: invitation.id },
      {
        onSuccess: (answer) =>
          answer.ok
            ? toast(`${invitation.email} gets a new link.`, { detail: 'The one sent before is dead.' })
            : toast(answer.refusal.sentence, { kind: 'failed' }),
      },
    )
  const entries: MenuEntry[] = [
    { label: 'Send again', icon: <Send aria-hidden />, onSelect: again },
    {
      label: 'Withdraw…',
      icon: <MailX aria-hidden />,
      danger: true,
      onSelect: () => setWithdrawing(true),
    },
  ]
  return (
    <>
      <Menu label={`More actions for ${invitation.email}`} entries={entries} />
      {isWithdrawing && <WithdrawDialog invitation={invitation} onClose={() => setWithdrawing(false)} />}
    </>
  )
}

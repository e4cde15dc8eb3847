'use client'

import { RefusalNotice } from '#components/forms/refusal-notice'
import { useAct } from '#components/forms/use-act'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { toast } from '#components/ui/toast'
import { sendPasswordLink } from '../actions.ts'
import type { PersonActedOn } from './person-acts.tsx'

type Props = { person: PersonActedOn; onClose: () => void }

/** Asks before a link to choose a new password goes to somebody's mailbox; whoever sends it never sees it. */
export default function PasswordLinkDialog({ person, onClose }: Props) {
  const { run, pending, refusal } = useAct(sendPasswordLink, () => {
    onClose()
    toast(`A link is on its way to ${person.name}.`)
  })
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Send ${person.name} a password link?`}
      confirm="Send link"
      pending={pending}
      onConfirm={() => run({ userId: person.id })}
    >
      <p>
        The e-mail address of the account gets a link to choose a new password. It works once, for half an
        hour; until then the present password goes on working.
      </p>
      <div className="mt-3">
        <RefusalNotice refusal={refusal} />
      </div>
    </ConfirmDialog>
  )
}

'use client'

import { RefusalNotice } from '#components/forms/refusal-notice'
import { useAct } from '#components/forms/use-act'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { toast } from '#components/ui/toast'
import { endSessions } from '../actions.ts'
import type { PersonActedOn } from './person-acts.tsx'

type Props = { person: PersonActedOn; onClose: () => void }

/** Asks before somebody is signed out of every browser: a computer is lost, or somebody else may sit at it. */
export default function EndSessionsDialog({ person, onClose }: Props) {
  const { run, pending, refusal } = useAct(endSessions, ({ ended }) => {
    onClose()
    toast(`${person.name} is signed out of ${browsers(ended)}.`)
  })
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Sign ${person.name} out everywhere?`}
      confirm="Sign out everywhere"
      danger
      pending={pending}
      onConfirm={() => run({ userId: person.id })}
    >
      <p>
        They are signed in at {browsers(person.sessions ?? 0)}, and have to sign in again at each. What apps
        may do for them stays; to stop that too, deactivate the account.
      </p>
      <div className="mt-3">
        <RefusalNotice refusal={refusal} />
      </div>
    </ConfirmDialog>
  )
}

function browsers(count: number): string {
  return count === 1 ? 'one browser' : `${count.toLocaleString('en')} browsers`
}

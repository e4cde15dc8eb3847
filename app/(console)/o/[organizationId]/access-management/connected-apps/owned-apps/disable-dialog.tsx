'use client'

import { useState } from 'react'
import { counted } from '#components/connected-apps/app-words'
import { jwtsUntilText } from '#components/connected-apps/jwts-until-text'
import { RefusalNotice } from '#components/forms/refusal-notice'
import { useAct } from '#components/forms/use-act'
import { Checkbox } from '#components/ui/checkbox'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { toast } from '#components/ui/toast'
import type { Id } from '#lib/base/ids'
import { disable, enable, revoke } from './actions.ts'

type Props = {
  app: { id: Id<'app'>; name: string }
  /** Who uses it, where that is known. */
  usage?: { organizations: number; people: number }
  onClose: () => void
}

/** Asks before an app stops everywhere: for a while, or for good with all it was given. */
export default function DisableDialog({ app, usage, onClose }: Props) {
  const [alsoRevokes, setAlsoRevokes] = useState(false)
  const enabling = useAct(enable, () => toast(`${app.name} is enabled again.`))
  const disabling = useAct(disable, ({ jwtsUntil }) => {
    onClose()
    toast(`${app.name} is disabled.`, {
      detail: jwtsUntilText(jwtsUntil),
      undo: () => enabling.run({ appId: app.id }),
    })
  })
  const revoking = useAct(revoke, ({ organizations, jwtsUntil }) => {
    onClose()
    const where = organizations > 0 ? `, in ${counted(organizations, 'organization')}` : ''
    toast(`${app.name} is disabled, and all it was given has ended${where}.`, {
      detail: jwtsUntilText(jwtsUntil),
    })
  })
  const act = alsoRevokes ? revoking : disabling
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Disable ${app.name}?`}
      confirm={alsoRevokes ? 'Disable and revoke' : 'Disable'}
      danger
      pending={act.pending}
      onConfirm={() => act.run({ appId: app.id })}
      details={
        <Checkbox
          label="Also end all it was given"
          hint={`${ended(usage)} and every token end for good. Once it is enabled again, people are asked anew.`}
          checked={alsoRevokes}
          onChange={(event) => setAlsoRevokes(event.target.checked)}
        />
      }
    >
      <p>
        {alsoRevokes
          ? 'It gets no new tokens, and what people authorized is gone, in every organization that uses it. This can’t be undone.'
          : 'It gets no new tokens and the ones it has stop working, everywhere and at once. Nothing is lost: enable it, and they work again.'}
      </p>
      <div className="mt-3 empty:hidden">
        <RefusalNotice refusal={act.refusal} />
      </div>
    </ConfirmDialog>
  )
}

function ended(usage: Props['usage']): string {
  if (!usage || usage.people === 0) return 'Every authorization'
  const people = counted(usage.people, 'person', 'people')
  return `The authorizations of ${people} in ${counted(usage.organizations, 'organization')}`
}

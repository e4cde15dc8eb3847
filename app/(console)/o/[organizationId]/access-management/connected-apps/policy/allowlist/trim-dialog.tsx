'use client'

import { useState } from 'react'
import { counted } from '#components/connected-apps/app-words'
import { ScopeChecklist } from '#components/connected-apps/scope-checklist'
import type { ScopeWords } from '#components/connected-apps/scope-lines'
import { RefusalNotice } from '#components/forms/refusal-notice'
import { useAct } from '#components/forms/use-act'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { toast } from '#components/ui/toast'
import type { Id } from '#lib/base/ids'
import { scopesBeyond } from '#lib/base/scope-set'
import { trim } from '../actions.ts'

type Props = {
  app: { id: Id<'app'>; name: string }
  organizationId: Id<'organization'>
  /** What the entry holds. */
  scopes: readonly ScopeWords[]
  onClose: () => void
}

/** Takes scopes off an entry. What people granted before goes on. */
export default function TrimDialog({ app, organizationId, scopes, onClose }: Props) {
  // What is taken off, not what is left: somebody may add to the entry meanwhile.
  const [remove, setRemove] = useState<readonly string[]>([])
  const names = scopes.map((scope) => scope.name)
  const kept = scopesBeyond(names, remove)
  const off = scopes.length - kept.length
  const { run, pending, refusal } = useAct(trim, () => {
    onClose()
    toast(`${counted(off, 'scope is', 'scopes are')} off the entry of ${app.name}.`, {
      detail: 'Who granted them before can go on.',
    })
  })
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      size="large"
      title={`What may people grant ${app.name}?`}
      description="For what you take off, people have to ask you from now on. What they granted before goes on."
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            pending={pending}
            disabled={off === 0}
            onClick={() => run({ rootOrganizationId: organizationId, appId: app.id, remove: [...remove] })}
          >
            {off === 0 ? 'Take off' : `Take off ${counted(off, 'scope')}`}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <RefusalNotice refusal={refusal} />
        <ScopeChecklist
          legend="In the entry"
          scopes={scopes}
          value={kept}
          onChange={(chosen) => setRemove(scopesBeyond(names, chosen))}
          error={refusal?.fields.remove}
        />
      </div>
    </Dialog>
  )
}

'use client'

import { counted } from '#components/connected-apps/app-words'
import { jwtsUntilText } from '#components/connected-apps/jwts-until-text'
import { RefusalNotice } from '#components/forms/refusal-notice'
import { useAct } from '#components/forms/use-act'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { DateTime } from '#components/ui/relative-time'
import { toast } from '#components/ui/toast'
import { endFamily } from './actions.ts'
import type { ActedOn, FamilyActedOn, PersonActedOn } from './acts.tsx'

type Props = { app: ActedOn; person: PersonActedOn; family: FamilyActedOn; onClose: () => void }

/** Asks before the tokens of one device end, and says that nothing else does. */
export default function EndFamilyDialog({ app, person, family, onClose }: Props) {
  const { run, pending, refusal } = useAct(endFamily, ({ jwtsUntil }) => {
    onClose()
    toast(`One token family of ${person.name} is ended.`, {
      detail: [`${app.name} stays authorized.`, jwtsUntilText(jwtsUntil)].filter(Boolean).join(' '),
    })
  })
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`End this token family of ${person.name}?`}
      confirm="End"
      danger
      pending={pending}
      onConfirm={() => run({ authorizationId: person.authorizationId, familyId: family.familyId })}
    >
      <p>
        {app.name} on {family.device}, used since <DateTime at={family.startedAt} />:{' '}
        {counted(family.tokens, 'token ends', 'tokens end')} at once, and no new one is given out.
      </p>
      <p className="mt-2">
        {person.name}’s authorization stays{person.families > 1 && ', and so do its other token families'}:
        the app can sign {person.name} in there again without asking. To end that too, remove the
        authorization.
      </p>
      <div className="mt-3">
        <RefusalNotice refusal={refusal} />
      </div>
    </ConfirmDialog>
  )
}

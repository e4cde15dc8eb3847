'use client'

import { useState } from 'react'
import { counted, ROLE } from '#components/connected-apps/app-words'
import { RefusalNotice } from '#components/forms/refusal-notice'
import { useAct } from '#components/forms/use-act'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { Notice } from '#components/ui/notice'
import { toast } from '#components/ui/toast'
import type { Id } from '#lib/base/ids'
import type { RoleChangePreview } from '#lib/domain/offboarding/preview-role-change'
import { usePreview } from '../../../../../use-preview.ts'
import { setRole } from '../actions.ts'
import { Effect } from '../effect.tsx'
import { MovingApps } from '../moving-apps.tsx'
import { type RoleDraft, RoleFields, roleInput } from '../role-fields.tsx'
import type { HeldPlace } from './place-menu.tsx'

type Props = { person: { id: Id<'user'>; name: string }; place: HeldPlace; onClose: () => void }

/** Another role in one place. What it would do to their apps is counted as soon as it is chosen. */
export default function RoleDialog({ person, place, onClose }: Props) {
  const [draft, setDraft] = useState<RoleDraft>({ role: place.role, quota: String(place.appsMax ?? '') })
  const input = roleInput(draft)
  const isOther = draft.role !== place.role
  const isChanged = isOther || input.appsMax !== place.appsMax
  const { preview, ...asked } = usePreview<RoleChangePreview>(
    ['role', place.id, person.id, draft.role],
    `/organizations/${place.id}/members/${person.id}/role-change?role=${draft.role}`,
    isOther,
  )
  const { run, pending, refusal } = useAct(setRole, ({ movedApps }) => {
    onClose()
    toast(
      isOther
        ? `${person.name} is ${ARTICLE[draft.role]} ${ROLE[draft.role].toLowerCase()} in ${place.name} now.`
        : `The quota of ${person.name} in ${place.name} is changed.`,
      {
        detail:
          movedApps > 0
            ? `${counted(movedApps, 'app')} went to ${preview?.apps.newOwner ?? 'the owner of the organization'}; rotate ${movedApps === 1 ? 'its secret' : 'their secrets'}.`
            : undefined,
      },
    )
  })
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Role of ${person.name} in ${place.name}`}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            type="submit"
            form="role"
            pending={pending}
            disabled={!isChanged || (isOther && preview === undefined)}
          >
            {isOther ? `Make ${ARTICLE[draft.role]} ${ROLE[draft.role].toLowerCase()}` : 'Save quota'}
          </Button>
        </>
      }
    >
      <form
        id="role"
        noValidate
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault()
          if (isChanged) run({ userId: person.id, organizationId: place.id, ...input })
        }}
      >
        <RefusalNotice refusal={refusal} />
        <RoleFields value={draft} onChange={setDraft} errors={refusal?.fields} />
        {isOther && (
          <Effect {...asked}>
            {preview && (
              <>
                {preview.isLastAdministrator && (
                  <Notice>
                    Nobody else administers {place.name} itself. Whoever administers an organization above
                    looks after it then.
                  </Notice>
                )}
                <MovingApps apps={preview.apps} />
              </>
            )}
          </Effect>
        )}
      </form>
    </Dialog>
  )
}

const ARTICLE = { administrator: 'an', developer: 'a', member: 'a' } as const

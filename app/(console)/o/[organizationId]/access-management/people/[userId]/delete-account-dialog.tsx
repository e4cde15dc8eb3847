'use client'

import { useRouter } from 'next/navigation'
import { counted } from '#components/connected-apps/app-words'
import { RefusalNotice } from '#components/forms/refusal-notice'
import { useAct } from '#components/forms/use-act'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { EffectFigures } from '#components/ui/facts'
import { toast } from '#components/ui/toast'
import type { DeletionPreview } from '#lib/domain/offboarding/preview-deletion'
import { usePreview } from '../../../../../use-preview.ts'
import { deleteAccount } from '../actions.ts'
import { Effect } from '../effect.tsx'
import { MovingApps } from '../moving-apps.tsx'
import type { PersonActedOn } from './person-acts.tsx'

type Props = { person: PersonActedOn; afterHref: string; onClose: () => void }

/** Asks before an account is deleted for good, and says what goes with it, here and elsewhere. */
export default function DeleteAccountDialog({ person, afterHref, onClose }: Props) {
  const router = useRouter()
  const { preview, ...asked } = usePreview<DeletionPreview>(
    ['deletion', person.id],
    `/users/${person.id}/deletion`,
  )
  const { run, pending, refusal } = useAct(deleteAccount, ({ movedApps }) => {
    onClose()
    toast(`The account of ${person.name} is deleted.`, {
      detail:
        movedApps > 0 ? `${counted(movedApps, 'app')} changed the owner; rotate their secrets.` : undefined,
    })
    router.push(afterHref)
  })
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Delete the account of ${person.name}?`}
      confirm="Delete account"
      danger
      isReady={preview !== undefined}
      typedName={person.username}
      pending={pending}
      onConfirm={(confirmation) => run({ userId: person.id, confirmation })}
      details={
        <div className="flex flex-col gap-4">
          <Effect {...asked}>
            {preview && (
              <>
                <EffectFigures
                  figures={[
                    {
                      label: preview.apps?.total === 1 ? 'app changes its owner' : 'apps change their owner',
                      value: (preview.apps?.total ?? 0).toLocaleString('en'),
                    },
                    {
                      label: preview.authorizations === 1 ? 'authorization ends' : 'authorizations end',
                      value: preview.authorizations.toLocaleString('en'),
                      detail: 'wherever they gave it',
                    },
                  ]}
                />
                {preview.apps && <MovingApps apps={preview.apps} />}
                {preview.elsewhere.organizations > 0 && (
                  <p className="text-ink-2">
                    They leave {counted(preview.elsewhere.organizations, 'other organization')}, too
                    {preview.elsewhere.apps > 0 &&
                      `, where ${counted(preview.elsewhere.apps, 'app')} ${preview.elsewhere.apps === 1 ? 'goes' : 'go'} to its owner`}
                    .
                  </p>
                )}
              </>
            )}
          </Effect>
          <RefusalNotice refusal={refusal} />
        </div>
      }
    >
      <strong className="font-medium text-bad">This can’t be undone.</strong> The account ends with its
      password, its places and all that the person authorized. Username and e-mail address are free again.
    </ConfirmDialog>
  )
}

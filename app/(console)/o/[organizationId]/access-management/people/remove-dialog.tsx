'use client'

import { useRouter } from 'next/navigation'
import { counted } from '#components/connected-apps/app-words'
import { RefusalNotice } from '#components/forms/refusal-notice'
import { useAct } from '#components/forms/use-act'
import { Avatar } from '#components/ui/avatar'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { EffectFigures, type Figure } from '#components/ui/facts'
import { toast } from '#components/ui/toast'
import type { Id } from '#lib/base/ids'
import type { RemovalPreview } from '#lib/domain/offboarding/preview-removal'
import { usePreview } from '../../../../use-preview.ts'
import { remove } from './actions.ts'
import { Effect } from './effect.tsx'
import { MovingApps } from './moving-apps.tsx'

type Props = {
  person: { id: Id<'user'>; name: string }
  organization: { id: Id<'organization'>; name: string; isRoot: boolean }
  /** Where to go when the person's page is gone. */
  afterHref?: string
  onClose: () => void
}

/** Says what removing a person does, in numbers and names counted now; and afterwards what happened. */
export default function RemoveDialog({ person, organization, afterHref, onClose }: Props) {
  const router = useRouter()
  const { preview, ...asked } = usePreview<RemovalPreview>(
    ['removal', organization.id, person.id],
    `/organizations/${organization.id}/members/${person.id}/removal`,
  )
  const { run, pending, refusal } = useAct(remove, ({ movedApps }) => {
    onClose()
    toast(`${person.name} is removed from ${organization.name}.`, { detail: movedWords(movedApps, preview) })
    if (afterHref) router.push(afterHref)
  })
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      lead={<Avatar name={person.name} size="medium" />}
      title={`Remove ${person.name} from ${organization.name}?`}
      confirm="Remove"
      danger
      // What is confirmed stands above it.
      isReady={preview !== undefined}
      pending={pending}
      onConfirm={() => run({ userId: person.id, organizationId: organization.id })}
      details={
        <div className="flex flex-col gap-4">
          <Effect {...asked}>
            {preview && (
              <>
                <EffectFigures figures={figuresOf(preview, organization.isRoot)} />
                <MovingApps apps={preview.apps} />
              </>
            )}
          </Effect>
          <RefusalNotice refusal={refusal} />
        </div>
      }
    >
      {organization.isRoot
        ? 'They lose every place in the organization and what they authorized there, at the next request. Coming back, they begin anew.'
        : 'They lose their place there and in every business group below. Elsewhere nothing changes for them.'}
    </ConfirmDialog>
  )
}

function figuresOf({ places, apps, authorizations }: RemovalPreview, isRoot: boolean): Figure[] {
  const figures: Figure[] = [
    { label: places.length === 1 ? 'place ends' : 'places end', value: places.length },
    {
      label: apps.total === 1 ? 'app changes its owner' : 'apps change their owner',
      value: apps.total.toLocaleString('en'),
    },
  ]
  if (!isRoot) return figures
  return [
    ...figures,
    {
      label: authorizations === 1 ? 'authorization ends' : 'authorizations end',
      value: authorizations.toLocaleString('en'),
    },
  ]
}

function movedWords(moved: number, preview: RemovalPreview | undefined): string | undefined {
  if (moved === 0) return undefined
  return `${counted(moved, 'app')} went to ${preview?.apps.newOwner ?? 'the owner of the organization'}; rotate ${moved === 1 ? 'its secret' : 'their secrets'}.`
}

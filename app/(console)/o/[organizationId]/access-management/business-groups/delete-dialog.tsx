'use client'

import { useState } from 'react'
import { counted } from '#components/connected-apps/app-words'
import { RefusalNotice } from '#components/forms/refusal-notice'
import { useAct } from '#components/forms/use-act'
import { Checkbox } from '#components/ui/checkbox'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { EffectFigures } from '#components/ui/facts'
import { Notice } from '#components/ui/notice'
import { Skeleton } from '#components/ui/skeleton'
import { TextLink } from '#components/ui/text-link'
import { toast } from '#components/ui/toast'
import { listed } from '#lib/base/listed'
import type { GroupDeletionPreview } from '#lib/domain/offboarding/preview-group-deletion'
import type { BranchNode } from '#lib/domain/organizations/list-business-groups'
import { usePreview } from '../../../../use-preview.ts'
import { ownedAppsPath } from '../../paths.ts'
import { remove } from './actions.ts'

/** Says what goes with a business group, in numbers counted now; apps never go with it. */
export default function DeleteDialog({ node, onClose }: { node: BranchNode; onClose: () => void }) {
  const [movesApps, setMovesApps] = useState(false)
  const { preview, failure } = usePreview<GroupDeletionPreview>(
    ['deletion', node.id],
    `/organizations/${node.id}/deletion`,
  )
  const act = useAct(remove, ({ keptApps }) => {
    onClose()
    toast(`${node.name} is deleted.`, {
      detail: keptApps > 0 ? `${counted(keptApps, 'app')} moved to ${preview?.parent.name}.` : undefined,
    })
  })
  const hasApps = (preview?.apps ?? 0) > 0
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Delete ${node.name}?`}
      confirm={movesApps ? 'Move apps and delete' : 'Delete business group'}
      danger
      typedName={node.name}
      isReady={preview !== undefined && (!hasApps || movesApps)}
      pending={act.pending}
      onConfirm={() =>
        act.run({
          organizationId: node.id,
          name: node.name,
          ...(movesApps ? { appsTo: 'parent' as const } : {}),
        })
      }
      details={
        <div className="flex flex-col gap-4">
          <Effect preview={preview} />
          {failure && (
            <Notice tone="bad" isAlert>
              {failure}
            </Notice>
          )}
          {preview && hasApps && (
            <>
              <p>
                {preview.apps === 1 ? 'An app resides' : `${preview.apps.toLocaleString('en')} apps reside`}{' '}
                there or below. Apps never go with a business group: move them to {preview.parent.name}, or{' '}
                <TextLink href={ownedAppsPath(node.id)} underlined>
                  look at them
                </TextLink>{' '}
                and delete them first.
              </p>
              <Checkbox
                label={`Move ${preview.apps === 1 ? 'it' : 'them'} to ${preview.parent.name}`}
                hint={
                  preview.movedApps > 0
                    ? `${counted(preview.movedApps, 'app')} ${preview.movedApps === 1 ? 'goes' : 'go'} to ${preview.rootOwner}: ${preview.movedApps === 1 ? 'its owner has' : 'their owners have'} no right there.`
                    : 'Each keeps its owner, secrets and tokens.'
                }
                checked={movesApps}
                onChange={(event) => setMovesApps(event.target.checked)}
              />
            </>
          )}
          <p>
            <strong className="font-medium text-bad">This can’t be undone.</strong>
            {preview && ` ${alsoEnds(preview)}`}
          </p>
          <RefusalNotice refusal={act.refusal} />
        </div>
      }
    >
      The people keep their accounts and their place in the root organization.
    </ConfirmDialog>
  )
}

function Effect({ preview }: { preview: GroupDeletionPreview | undefined }) {
  const value = (count: number | undefined) =>
    count === undefined ? <Skeleton className="my-1 h-5 w-10" /> : count.toLocaleString('en')
  return (
    <EffectFigures
      figures={[
        {
          label: preview?.groups === 1 ? 'business group ends' : 'business groups end',
          value: value(preview?.groups),
        },
        {
          label: preview?.people === 1 ? 'person loses a place' : 'people lose their place',
          value: value(preview?.people),
        },
        {
          label: preview?.endedContexts === 1 ? 'place of an app ends' : 'places of apps end',
          value: value(preview?.endedContexts),
          detail: 'for tokens already out too',
        },
      ]}
    />
  )
}

function alsoEnds({ environments, invitations }: GroupDeletionPreview): string {
  const also = [
    environments > 0 && counted(environments, 'environment'),
    invitations > 0 && counted(invitations, 'open invitation'),
  ].filter((one) => one !== false)
  if (also.length === 0) return ''
  const total = environments + invitations
  return `${listed(also)} ${total === 1 ? 'ends' : 'end'} with it.`
}

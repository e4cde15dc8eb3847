'use client'

import { useState } from 'react'
import { counted } from '#components/connected-apps/app-words'
import { RefusalNotice } from '#components/forms/refusal-notice'
import { useAct } from '#components/forms/use-act'
import { Button } from '#components/ui/button'
import { Combobox } from '#components/ui/combobox'
import { Dialog } from '#components/ui/dialog'
import { EffectFigures } from '#components/ui/facts'
import { LineList } from '#components/ui/section'
import { Skeleton } from '#components/ui/skeleton'
import { toast } from '#components/ui/toast'
import type { Id } from '#lib/base/ids'
import type { MovePreview } from '#lib/domain/offboarding/preview-move'
import type { BranchNode } from '#lib/domain/organizations/list-business-groups'
import { usePreview } from '../../../../use-preview.ts'
import { move } from './actions.ts'
import type { ParentChoice } from './parents.ts'

type Props = { node: BranchNode; parents: ParentChoice[]; onClose: () => void }

/** Where a business group is to stand, and what that changes, in numbers counted before it is done. */
export default function MoveDialog({ node, parents, onClose }: Props) {
  const [parentId, setParentId] = useState<string | null>(null)
  const parent = parents.find(({ value }) => value === parentId)
  const { preview, failure, isPending } = usePreview<MovePreview>(
    ['move', node.id, String(parentId)],
    `/organizations/${node.id}/parent?parentId=${parentId}`,
    parentId !== null,
  )
  const act = useAct(move, ({ movedApps }) => {
    onClose()
    toast(`${node.name} stands below ${parent?.label} now.`, {
      detail:
        movedApps > 0 ? `${counted(movedApps, 'app')} went to the root organization’s owner.` : undefined,
    })
  })
  const refused = act.refusal ? undefined : failure
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Move ${node.name}`}
      description="It takes everything below it along. Roles are inherited from its new place at once."
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            pending={act.pending}
            disabled={!preview}
            onClick={() =>
              parentId &&
              act.run({
                organizationId: node.id,
                parentId: parentId as Id<'organization'>,
                version: node.version,
              })
            }
          >
            {parent ? `Move below ${parent.label}` : 'Move'}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        {parents.length === 0 ? (
          <p>There is no other organization here that it could go to. Create another business group first.</p>
        ) : (
          <Combobox
            label="Below"
            options={parents}
            value={parentId}
            onChange={(value) => {
              setParentId(value)
              act.reset()
            }}
            placeholder="Choose where it goes"
            error={refused}
          />
        )}
        <div role="status" aria-label={isPending ? 'Counting what changes' : undefined}>
          {parentId && !refused && <Effect preview={preview} />}
        </div>
        <RefusalNotice refusal={act.refusal} />
      </div>
    </Dialog>
  )
}

function Effect({ preview }: { preview: MovePreview | undefined }) {
  const value = (count: number | undefined) =>
    count === undefined ? <Skeleton className="my-1 h-5 w-10" /> : count.toLocaleString('en')
  return (
    <div className="flex flex-col gap-4">
      <EffectFigures
        figures={[
          {
            label: preview?.groups === 1 ? 'business group' : 'business groups',
            value: value(preview?.groups),
            detail: preview ? `with ${counted(preview.apps, 'app')}` : undefined,
          },
          {
            label: preview?.peopleLosing === 1 ? 'person loses rights' : 'people lose rights',
            value: value(preview?.peopleLosing),
          },
          {
            label: preview?.peopleGaining === 1 ? 'person gets rights' : 'people get rights',
            value: value(preview?.peopleGaining),
          },
        ]}
      />
      {preview && <Consequences preview={preview} />}
    </div>
  )
}

function Consequences({ preview }: { preview: MovePreview }) {
  const { movedApps, rootOwner, endedContexts, endedContextsApps } = preview
  const said = [
    movedApps > 0 &&
      `${counted(movedApps, 'app')} ${movedApps === 1 ? 'goes' : 'go'} to ${rootOwner}: ${movedApps === 1 ? 'its owner has' : 'their owners have'} no right there any more.`,
    endedContexts > 0 &&
      `${counted(endedContexts, 'place')} of ${counted(endedContextsApps, 'app')} from outside ${endedContexts === 1 ? 'ends' : 'end'}, for tokens already out too.`,
  ].filter((line) => line !== false)
  if (said.length === 0) return <p className="text-ink-2">Every app keeps its owner and its places.</p>
  return (
    <LineList label="What else changes">
      {said.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </LineList>
  )
}

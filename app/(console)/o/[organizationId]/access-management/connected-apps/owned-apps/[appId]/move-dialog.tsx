'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { RefusalNotice } from '#components/forms/refusal-notice'
import { useAct } from '#components/forms/use-act'
import { Button } from '#components/ui/button'
import { Combobox } from '#components/ui/combobox'
import { Dialog } from '#components/ui/dialog'
import { EffectFigures } from '#components/ui/facts'
import { Skeleton } from '#components/ui/skeleton'
import { toast } from '#components/ui/toast'
import type { Id } from '#lib/base/ids'
import type { AppMovePreview } from '#lib/domain/connected-apps/preview-app-move'
import type { OrganizationSeen } from '#lib/domain/organizations/list-organizations-of'
import { readApi } from '../../../../../../read-api.ts'
import { usePreview } from '../../../../../../use-preview.ts'
import { move } from '../actions.ts'
import { residencesFor } from './residences.ts'

export type MovableApp = {
  id: Id<'app'>
  name: string
  version: number
  rootOrganizationId: Id<'organization'>
  residence: { id: Id<'organization'>; name: string }
  owner: { fullName: string }
}
type Props = { app: MovableApp; onClose: () => void }

/** Where an app is to reside, and who looks after it then, counted before it is done. */
export default function MoveDialog({ app, onClose }: Props) {
  const [to, setTo] = useState<string | null>(null)
  const organizations = useQuery({
    queryKey: ['organizations'],
    queryFn: () => readApi<{ data: OrganizationSeen[] }>('/organizations'),
    networkMode: 'always',
  })
  const choices = organizations.data && residencesFor(app, organizations.data.data)
  const chosen = choices?.find(({ value }) => value === to)
  const { preview, failure, isPending } = usePreview<AppMovePreview>(
    ['app-move', app.id, String(app.version), String(to)],
    `/connected-apps/${app.id}/residence?organizationId=${to}`,
    to !== null,
  )
  const act = useAct(move, () => {
    onClose()
    toast(`${app.name} resides in ${chosen?.label} now.`)
  })
  const refused = act.refusal ? undefined : (failure ?? organizations.error?.message)
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Move ${app.name}`}
      description={`It resides in ${app.residence.name}. Whoever administers the place where an app resides looks after it.`}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            pending={act.pending}
            disabled={!preview}
            onClick={() =>
              to && act.run({ appId: app.id, organizationId: to as Id<'organization'>, version: app.version })
            }
          >
            {chosen ? `Move to ${chosen.label}` : 'Move'}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        {choices?.length === 0 ? (
          <p>You administer no other place of this organization that it could go to.</p>
        ) : (
          <Combobox
            label="To"
            options={choices ?? []}
            value={to}
            onChange={(value) => {
              setTo(value)
              act.reset()
            }}
            placeholder="Choose where it goes"
            error={refused}
          />
        )}
        <div role="status" aria-label={isPending ? 'Counting what changes' : undefined}>
          {to && !refused && <Effect app={app} preview={preview} />}
        </div>
        <RefusalNotice refusal={act.refusal} />
      </div>
    </Dialog>
  )
}

function Effect({ app, preview }: { app: MovableApp; preview: AppMovePreview | undefined }) {
  const value = (count: number | undefined) =>
    count === undefined ? <Skeleton className="my-1 h-5 w-10" /> : count.toLocaleString('en')
  const people = (count: number | undefined, does: string) =>
    `${count === 1 ? 'administrator' : 'administrators'} ${does}`
  return (
    <div className="flex flex-col gap-4">
      <EffectFigures
        figures={[
          {
            label: people(preview?.administratorsLosing, 'can change it no more'),
            value: value(preview?.administratorsLosing),
          },
          {
            label: people(preview?.administratorsGaining, 'can change it from now on'),
            value: value(preview?.administratorsGaining),
          },
        ]}
      />
      <p className="text-ink-2">
        {app.owner.fullName} stays its owner. Client ID, secrets, redirect URIs, scopes and what people
        authorized stay too.
      </p>
    </div>
  )
}

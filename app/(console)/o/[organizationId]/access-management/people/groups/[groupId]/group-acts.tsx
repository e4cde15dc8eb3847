'use client'

import { Ellipsis, Pencil, Trash2, UserPlus } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { counted } from '#components/connected-apps/app-words'
import { RefusalNotice } from '#components/forms/refusal-notice'
import { useAct } from '#components/forms/use-act'
import { Button } from '#components/ui/button'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { IconButton } from '#components/ui/icon-button'
import { Menu } from '#components/ui/menu'
import { toast } from '#components/ui/toast'
import type { Id } from '#lib/base/ids'
import { removeGroup, saveGroup } from '../../actions.ts'

const GroupDialog = dynamic(() => import('../group-dialog.tsx'), { ssr: false })
const AddPeopleDialog = dynamic(() => import('./add-people-dialog.tsx'), { ssr: false })

type Props = {
  organizationId: Id<'organization'>
  group: { id: Id<'group'>; name: string; description: string; version: number }
  people: number
  listHref: string
}

/** What can be done about a group. */
export function GroupActs({ organizationId, group, people, listHref }: Props) {
  const [asked, setAsked] = useState<'add' | 'edit' | 'delete' | null>(null)
  const close = () => setAsked(null)
  const saving = useAct(saveGroup, () => {
    close()
    toast('The group is changed.')
  })
  const label = `More actions for ${group.name}`
  return (
    <>
      <Button variant="primary" icon={<UserPlus aria-hidden />} onClick={() => setAsked('add')}>
        Add people
      </Button>
      <Menu
        label={label}
        trigger={<IconButton label={label} icon={<Ellipsis aria-hidden />} boxed tooltip={false} />}
        entries={[
          {
            label: 'Rename or describe…',
            icon: <Pencil aria-hidden />,
            onSelect: () => setAsked('edit'),
          },
          'separator',
          {
            label: 'Delete group…',
            icon: <Trash2 aria-hidden />,
            danger: true,
            onSelect: () => setAsked('delete'),
          },
        ]}
      />
      {asked === 'add' && <AddPeopleDialog organizationId={organizationId} group={group} onClose={close} />}
      {asked === 'edit' && (
        <GroupDialog
          title={`Edit ${group.name}`}
          confirm="Save changes"
          value={{ name: group.name, description: group.description }}
          version={group.version}
          act={saving}
          onSave={(value) => saving.run({ groupId: group.id, version: group.version, ...value })}
          onClose={close}
        />
      )}
      {asked === 'delete' && (
        <DeleteDialog group={group} people={people} listHref={listHref} onClose={close} />
      )}
    </>
  )
}

type DeleteProps = Pick<Props, 'group' | 'people' | 'listHref'> & { onClose: () => void }

function DeleteDialog({ group, people, listHref, onClose }: DeleteProps) {
  const router = useRouter()
  const { run, pending, refusal } = useAct(removeGroup, () => {
    onClose()
    toast(`The group ${group.name} is deleted.`)
    router.push(listHref)
  })
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Delete the group ${group.name}?`}
      confirm="Delete group"
      danger
      pending={pending}
      onConfirm={() => run({ groupId: group.id })}
    >
      <p>
        {people === 0
          ? 'Nobody is in it.'
          : `${counted(people, 'person is', 'people are')} in it. They keep their places and roles; only the group goes.`}{' '}
        This can’t be undone.
      </p>
      <div className="mt-3">
        <RefusalNotice refusal={refusal} />
      </div>
    </ConfirmDialog>
  )
}

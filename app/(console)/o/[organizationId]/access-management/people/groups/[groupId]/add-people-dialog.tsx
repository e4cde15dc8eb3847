'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { counted } from '#components/connected-apps/app-words'
import { RefusalNotice } from '#components/forms/refusal-notice'
import { useAct } from '#components/forms/use-act'
import { Button } from '#components/ui/button'
import { Combobox } from '#components/ui/combobox'
import { Dialog } from '#components/ui/dialog'
import { IconButton } from '#components/ui/icon-button'
import { PersonLine } from '#components/ui/person-line'
import { LineList } from '#components/ui/section'
import { toast } from '#components/ui/toast'
import type { Id } from '#lib/base/ids'
import { readApi } from '../../../../../../read-api.ts'
import { putInGroup } from '../../actions.ts'

type Found = { id: Id<'user'>; fullName: string; username: string }
type Props = {
  organizationId: Id<'organization'>
  group: { id: Id<'group'>; name: string }
  onClose: () => void
}

/** Finds people of the organization one after the other, and adds them together. */
export default function AddPeopleDialog({ organizationId, group, onClose }: Props) {
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState<Found[]>([])
  const search = useDeferredValue(typed.trim())
  const found = useQuery({
    queryKey: ['people', organizationId, search],
    queryFn: () =>
      readApi<{ data: Found[] }>(
        `/organizations/${organizationId}/members?search=${encodeURIComponent(search)}`,
      ),
    placeholderData: keepPreviousData,
  })
  const isChosen = (id: string) => chosen.some((person) => person.id === id)
  const people = (found.data?.data ?? []).filter(({ id }) => !isChosen(id))
  const { run, pending, refusal } = useAct(putInGroup, ({ added }) => {
    onClose()
    toast(
      added === 0
        ? 'They were in the group already.'
        : `${counted(added, 'person', 'people')} added to ${group.name}.`,
    )
  })
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Add people to ${group.name}`}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            pending={pending}
            disabled={chosen.length === 0}
            onClick={() => run({ groupId: group.id, userIds: chosen.map(({ id }) => id) })}
          >
            {chosen.length > 1 ? `Add ${chosen.length} people` : 'Add person'}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <RefusalNotice refusal={refusal} />
        <Combobox
          // Empty again after each choice.
          key={chosen.length}
          label="Person"
          options={people.map(({ id, fullName, username }) => ({
            value: id,
            label: `${fullName} (${username})`,
          }))}
          onChange={(id) => {
            const person = people.find((one) => one.id === id)
            if (person) setChosen([...chosen, person])
            setTyped('')
          }}
          onSearch={setTyped}
          placeholder="Search by name, username or e-mail address"
          empty={
            found.isError
              ? 'The search could not be reached. Type again to try once more.'
              : found.isPending
                ? 'Searching…'
                : 'Nobody of the organization is called that.'
          }
        />
        {chosen.length > 0 && (
          <LineList label="Chosen">
            {chosen.map(({ id, fullName, username }) => (
              <li key={id}>
                <span className="min-w-0 flex-1">
                  <PersonLine name={fullName} detail={username} />
                </span>
                <IconButton
                  label={`Leave ${fullName} out`}
                  icon={<X aria-hidden />}
                  size="small"
                  onClick={() => setChosen(chosen.filter((person) => person.id !== id))}
                />
              </li>
            ))}
          </LineList>
        )}
      </div>
    </Dialog>
  )
}

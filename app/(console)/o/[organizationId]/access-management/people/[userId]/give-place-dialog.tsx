'use client'

import { useState } from 'react'
import { ROLE } from '#components/connected-apps/app-words'
import { RefusalNotice } from '#components/forms/refusal-notice'
import { useAct } from '#components/forms/use-act'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { Select } from '#components/ui/select'
import { toast } from '#components/ui/toast'
import type { Id } from '#lib/base/ids'
import { add } from '../actions.ts'
import type { PlaceToGive } from '../places-to-give.ts'
import { type RoleDraft, RoleFields, roleInput } from '../role-fields.tsx'

type Props = { person: { id: Id<'user'>; name: string }; places: PlaceToGive[]; onClose: () => void }

/** One more place for somebody who is here already. */
export default function GivePlaceDialog({ person, places, onClose }: Props) {
  const [organizationId, setOrganizationId] = useState(places[0]?.id)
  const [draft, setDraft] = useState<RoleDraft>({ role: 'member', quota: '' })
  const place = places.find(({ id }) => id === organizationId)
  const { run, pending, refusal } = useAct(add, () => {
    onClose()
    toast(`${person.name} has a place in ${place?.name ?? 'the business group'} now.`, {
      detail: ROLE[draft.role],
    })
  })
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Give ${person.name} a place`}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form="give-place" pending={pending} disabled={!place}>
            Give place
          </Button>
        </>
      }
    >
      <form
        id="give-place"
        noValidate
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault()
          if (place) run({ userId: person.id, organizationId: place.id, ...roleInput(draft) })
        }}
      >
        <RefusalNotice refusal={refusal} />
        <Select
          label="Where"
          options={places.map(({ id, name }) => ({ value: id, label: name }))}
          value={organizationId}
          onChange={(id) => setOrganizationId(id as PlaceToGive['id'])}
        />
        <RoleFields value={draft} onChange={setDraft} errors={refusal?.fields} />
      </form>
    </Dialog>
  )
}

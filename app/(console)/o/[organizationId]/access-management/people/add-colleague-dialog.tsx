'use client'

import { useRef, useState } from 'react'
import { RefusalNotice } from '#components/forms/refusal-notice'
import { useAct } from '#components/forms/use-act'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { Select } from '#components/ui/select'
import { TextField } from '#components/ui/text-field'
import { toast } from '#components/ui/toast'
import { add } from './actions.ts'
import type { Here } from './invite-button.tsx'
import type { PlaceToGive } from './places-to-give.ts'
import { type RoleDraft, RoleFields, roleInput } from './role-fields.tsx'

type Props = { organization: Here; places: PlaceToGive[]; onClose: () => void }

/** Takes somebody of the whole organization into a business group: at once, and without a mail. */
export default function AddColleagueDialog({ organization, places, onClose }: Props) {
  const field = useRef<HTMLInputElement>(null)
  const [login, setLogin] = useState('')
  const [organizationId, setOrganizationId] = useState(places[0]?.id ?? organization.id)
  const [draft, setDraft] = useState<RoleDraft>({ role: 'member', quota: '' })
  const place = places.find(({ id }) => id === organizationId)
  const { run, pending, refusal } = useAct(add, () => {
    onClose()
    toast(`${login.trim()} has a place in ${place?.name ?? organization.name} now.`)
  })
  const errors = refusal?.fields ?? {}
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Add a colleague"
      description={`Somebody who has a place in ${organization.rootName} already. Whoever is new there needs an invitation.`}
      initialFocus={field}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form="add" pending={pending} disabled={!login.trim()}>
            Add to {place?.name ?? organization.name}
          </Button>
        </>
      }
    >
      <form
        id="add"
        noValidate
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault()
          if (login.trim()) run({ organizationId, login, ...roleInput(draft) })
        }}
      >
        <RefusalNotice refusal={refusal} />
        <TextField
          ref={field}
          label="Username or e-mail address"
          error={errors.login}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={320}
          value={login}
          onChange={(event) => setLogin(event.target.value)}
        />
        {places.length > 1 && (
          <Select
            label="Place"
            options={places.map(({ id, name }) => ({ value: id, label: name }))}
            value={organizationId}
            onChange={(id) => setOrganizationId(id as PlaceToGive['id'])}
          />
        )}
        <RoleFields value={draft} onChange={setDraft} errors={errors} />
      </form>
    </Dialog>
  )
}

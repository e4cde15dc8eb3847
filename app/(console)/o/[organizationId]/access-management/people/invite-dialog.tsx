'use client'

import { useRef, useState } from 'react'
import { counted } from '#components/connected-apps/app-words'
import { RefusalNotice } from '#components/forms/refusal-notice'
import { useAct } from '#components/forms/use-act'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { Select } from '#components/ui/select'
import { TextArea } from '#components/ui/text-area'
import { toast } from '#components/ui/toast'
import { listed } from '#lib/base/listed'
import { ADDRESSES_AT_ONCE_MAX, INVITATION_DAYS } from '#lib/domain/people/schema'
import type { SentInvitations } from '#lib/domain/people/send-invitations'
import { invite } from './actions.ts'
import type { PlaceToGive } from './places-to-give.ts'
import { type RoleDraft, RoleFields, roleInput } from './role-fields.tsx'

type Props = { places: PlaceToGive[]; onClose: () => void }

/** Whom, where to, as what. The mail is on its way when this closes. */
export default function InviteDialog({ places, onClose }: Props) {
  const field = useRef<HTMLTextAreaElement>(null)
  const [typed, setTyped] = useState('')
  const [organizationId, setOrganizationId] = useState(places[0]?.id)
  const [draft, setDraft] = useState<RoleDraft>({ role: 'member', quota: '' })
  const emails = addressesIn(typed)
  const { run, pending, refusal } = useAct(invite, (done) => {
    onClose()
    toast(sentWords(done), { detail: skippedWords(done) })
  })
  const errors = refusal?.fields ?? {}
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Invite people"
      description={`Each gets a mail with a link of their own, good once and for ${INVITATION_DAYS} days.`}
      initialFocus={field}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            type="submit"
            form="invite"
            pending={pending}
            disabled={emails.length === 0 || !organizationId}
          >
            {emails.length > 1 ? `Invite ${emails.length} people` : 'Send invitation'}
          </Button>
        </>
      }
    >
      <form
        id="invite"
        noValidate
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault()
          if (organizationId && emails.length > 0) run({ organizationId, emails, ...roleInput(draft) })
        }}
      >
        <RefusalNotice refusal={refusal} />
        <TextArea
          ref={field}
          label="E-mail addresses"
          hint={`One a line or parted by commas, ${ADDRESSES_AT_ONCE_MAX} at most.`}
          error={addressError(errors, emails)}
          rows={3}
          spellCheck={false}
          autoCapitalize="none"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        {places.length > 1 && (
          <Select
            label="Place"
            hint="In a business group they also become a member of the whole organization."
            options={places.map(({ id, name, isRoot }) => ({
              value: id,
              label: isRoot ? `${name}, the whole organization` : name,
            }))}
            value={organizationId}
            onChange={(id) => setOrganizationId(id as PlaceToGive['id'])}
          />
        )}
        <RoleFields value={draft} onChange={setDraft} errors={errors} />
      </form>
    </Dialog>
  )
}

function addressesIn(typed: string): string[] {
  return typed.split(/[\s,;]+/).filter(Boolean)
}

/** Which of several is wrong. */
function addressError(errors: Readonly<Record<string, string>>, emails: readonly string[]) {
  const [path, sentence] = Object.entries(errors).find(([field]) => field.startsWith('emails')) ?? []
  const at = path?.split('.')[1]
  return at === undefined ? sentence : `${emails[Number(at)]}: ${sentence}`
}

function sentWords({ sent }: SentInvitations): string {
  const [first] = sent
  return sent.length === 1
    ? `${first?.email} is invited.`
    : `${counted(sent.length, 'person', 'people')} are invited.`
}

function skippedWords({ skipped }: SentInvitations): string | undefined {
  if (skipped.length === 0) return undefined
  return `Left out, because they have a place or an invitation there already: ${listed(skipped.map(({ email }) => email))}.`
}

'use client'

import { type FormEvent, useRef, useState } from 'react'
import { RefusalNotice } from '#components/forms/refusal-notice'
import { standingErrors } from '#components/forms/standing-errors'
import { useAct } from '#components/forms/use-act'
import { useEdits } from '#components/forms/use-edits'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { RadioGroup } from '#components/ui/radio-group'
import { TextField } from '#components/ui/text-field'
import { toast } from '#components/ui/toast'
import { create } from './actions.ts'

const EMPTY = { name: '', isNew: false, ownerLogin: '', fullName: '', username: '', email: '' }
type Values = typeof EMPTY

/** A root organization and the person it belongs to: somebody with an account, or somebody who gets one by it. */
export default function CreateDialog({ onClose }: { onClose: () => void }) {
  const field = useRef<HTMLInputElement>(null)
  const { values, set } = useEdits(EMPTY, 0)
  const [sent, setSent] = useState<Values>()
  const act = useAct(create, () => {
    onClose()
    toast(`${values.name.trim()} is created.`, {
      detail: values.isNew
        ? `${values.fullName.trim()} is sent a link to choose a password.`
        : 'Its owner finds it at the next sign-in.',
    })
  })
  const fields = standingErrors(flat(act.refusal?.fields ?? {}), sent, values)
  const textField = (key: Exclude<keyof Values, 'isNew'>) => ({
    value: values[key],
    error: fields[key],
    autoComplete: 'off',
    onChange: (event: { target: { value: string } }) => set(key, event.target.value),
  })
  function submit(event: FormEvent) {
    event.preventDefault()
    setSent(values)
    const { name, isNew, ownerLogin, ...newOwner } = values
    act.run(isNew ? { name, newOwner } : { name, ownerLogin })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Create an organization"
      description="It has people, apps and a policy of its own. Its owner administers it; you see nothing inside."
      initialFocus={field}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form="new-organization" pending={act.pending}>
            Create organization
          </Button>
        </>
      }
    >
      <form id="new-organization" noValidate onSubmit={submit} className="flex flex-col gap-5">
        <TextField ref={field} label="Name" maxLength={100} {...textField('name')} />
        <RadioGroup
          legend="Its owner"
          name="owner"
          value={values.isNew ? 'new' : 'known'}
          onChange={(one) => set('isNew', one === 'new')}
          options={[
            { value: 'known', label: 'Somebody with an account' },
            {
              value: 'new',
              label: 'Somebody new',
              hint: 'Gets an account, and a mail to choose a password.',
            },
          ]}
        />
        {values.isNew ? (
          <>
            <TextField label="Full name" maxLength={100} {...textField('fullName')} />
            <TextField label="Username" spellCheck={false} maxLength={64} {...textField('username')} />
            <TextField label="E-mail address" type="email" spellCheck={false} {...textField('email')} />
          </>
        ) : (
          <TextField label="Username or e-mail address" spellCheck={false} {...textField('ownerLogin')} />
        )}
        <RefusalNotice refusal={act.refusal} />
      </form>
    </Dialog>
  )
}

/** What is wrong with the new owner stands at that owner's fields. */
function flat(fields: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).map(([path, sentence]) => [path.replace(/^newOwner\./, ''), sentence]),
  )
}

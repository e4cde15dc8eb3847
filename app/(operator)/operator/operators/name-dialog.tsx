'use client'

import { type FormEvent, useRef, useState } from 'react'
import { RefusalNotice } from '#components/forms/refusal-notice'
import { standingErrors } from '#components/forms/standing-errors'
import { useAct } from '#components/forms/use-act'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { TextField } from '#components/ui/text-field'
import { toast } from '#components/ui/toast'
import { name } from './actions.ts'

/** Names one more operator. To hand the office on, step down afterwards. */
export default function NameDialog({ onClose }: { onClose: () => void }) {
  const field = useRef<HTMLInputElement>(null)
  const [login, setLogin] = useState('')
  const [sent, setSent] = useState<{ login: string }>()
  const act = useAct(name, () => {
    onClose()
    toast(`${login.trim()} is an operator now.`)
  })
  const fields = standingErrors(act.refusal?.fields ?? {}, sent, { login })
  function submit(event: FormEvent) {
    event.preventDefault()
    setSent({ login })
    act.run({ login })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Add an operator"
      description="They can make and suspend organizations, set their limits, and name and end operators, you too."
      initialFocus={field}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form="name-operator" pending={act.pending}>
            Add operator
          </Button>
        </>
      }
    >
      <form id="name-operator" noValidate onSubmit={submit} className="flex flex-col gap-4">
        <TextField
          ref={field}
          label="Username or e-mail address"
          autoComplete="off"
          spellCheck={false}
          value={login}
          error={fields.login}
          hint="Of somebody who has an account. To hand the office on, step down afterwards."
          onChange={(event) => setLogin(event.target.value)}
        />
        <RefusalNotice refusal={act.refusal} />
      </form>
    </Dialog>
  )
}

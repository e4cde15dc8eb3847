'use client'

import { type FormEvent, useId, useRef, useState } from 'react'
import { RefusalNotice } from '#components/forms/refusal-notice'
import { useAct } from '#components/forms/use-act'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { TextArea } from '#components/ui/text-area'
import { TextField } from '#components/ui/text-field'
import { toast } from '#components/ui/toast'
import { giveKeys } from '../../actions.ts'
import type { SigningApp } from './keys-panel.tsx'
import { firstEnd, LifeField, lifeOf } from './life-field.tsx'

/** Takes the public half of one or several key pairs. */
export default function AddKeyDialog({ app, onClose }: { app: SigningApp; onClose: () => void }) {
  const formId = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  const [name, setName] = useState('')
  const [keys, setKeys] = useState('')
  const [end, setEnd] = useState(() => firstEnd(null))
  const [wasSent, setWasSent] = useState(false)
  const act = useAct(giveKeys, ({ keys: added }) => {
    onClose()
    toast(`${app.name} may sign with ${added.length === 1 ? 'the new key' : `${added.length} new keys`}.`)
  })
  const fields = act.refusal?.fields ?? {}

  function submit(event: FormEvent) {
    event.preventDefault()
    setWasSent(true)
    const life = lifeOf(end)
    if (keys.trim() && life) act.run({ appId: app.id, name: name.trim() || undefined, keys, ...life })
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Add a public key to ${app.name}`}
      size="large"
      initialFocus={field}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form={formId} pending={act.pending}>
            Add key
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="flex flex-col gap-5">
        <RefusalNotice refusal={act.refusal} />
        <TextArea
          ref={field}
          label="Public key"
          hint="A JWK, a JWKS or PEM: RSA of 2048 bits and more, P-256, P-384, P-521 or Ed25519. Never the private half."
          rows={8}
          mono
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          className="max-h-64 overflow-y-auto break-all"
          value={keys}
          error={fields.keys ?? (wasSent && !keys.trim() ? 'Paste the public key.' : undefined)}
          onChange={(event) => setKeys(event.target.value)}
        />
        <TextField
          label="Name"
          aside="Optional"
          hint="Where its private half is, so that it is recognized in the list."
          placeholder="Build server"
          maxLength={100}
          autoComplete="off"
          value={name}
          error={fields.name}
          onChange={(event) => setName(event.target.value)}
        />
        <LifeField
          value={end}
          onChange={setEnd}
          daysMax={null}
          error={
            fields.lifeDays ??
            fields.expiresAt ??
            (wasSent && !lifeOf(end) ? 'Choose the day on which it ends.' : undefined)
          }
        />
      </form>
    </Dialog>
  )
}

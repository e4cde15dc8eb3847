'use client'

import { type FormEvent, useId, useRef, useState } from 'react'
import { RefusalNotice } from '#components/forms/refusal-notice'
import { useAct } from '#components/forms/use-act'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { TextField } from '#components/ui/text-field'
import { toast } from '#components/ui/toast'
import { publishKeysAt } from '../../actions.ts'
import type { SigningApp } from './keys-panel.tsx'

/** Where the app publishes its keys; empty: nowhere. */
export default function JwksUriDialog({ app, onClose }: { app: SigningApp; onClose: () => void }) {
  const formId = useId()
  const field = useRef<HTMLInputElement>(null)
  const [uri, setUri] = useState(app.jwksUri ?? '')
  const act = useAct(publishKeysAt, (_value, { jwksUri }) => {
    onClose()
    toast(jwksUri ? 'Keys are fetched from there from now on.' : 'Keys are no longer fetched.')
  })
  function submit(event: FormEvent) {
    event.preventDefault()
    act.run({ appId: app.id, jwksUri: uri.trim() || null })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Where ${app.name} publishes its keys`}
      initialFocus={field}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form={formId} pending={act.pending}>
            Save address
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="flex flex-col gap-4">
        <RefusalNotice refusal={act.refusal} />
        <TextField
          ref={field}
          label="Address of its JWKS"
          aside="Empty: nowhere"
          hint="By https, reached by anybody on the internet. Whoever controls what lies there can act as the app."
          placeholder="https://app.example.com/.well-known/jwks.json"
          type="url"
          mono
          maxLength={2000}
          autoComplete="off"
          value={uri}
          error={act.refusal?.fields.jwksUri}
          onChange={(event) => setUri(event.target.value)}
        />
      </form>
    </Dialog>
  )
}

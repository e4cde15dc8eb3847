'use client'

import { type FormEvent, useId, useRef, useState } from 'react'
import { RefusalNotice } from '#components/forms/refusal-notice'
import type { Refused } from '#components/forms/use-act'
import { Button } from '#components/ui/button'
import { Checkbox } from '#components/ui/checkbox'
import { Dialog } from '#components/ui/dialog'
import { Notice } from '#components/ui/notice'
import { RadioGroup } from '#components/ui/radio-group'
import { TextField } from '#components/ui/text-field'
import type { Id } from '#lib/base/ids'
import type { RotateSecretInput } from '#lib/domain/connected-apps/credentials-schema'
import { judgeSecret } from '#lib/domain/connected-apps/rules'
import { OVERLAP, OVERLAPS } from '../../overlaps.ts'
import { firstEnd, LifeField, lifeOf } from './life-field.tsx'
import { OlderSecrets } from './older-secrets.tsx'
import type { RotatedApp } from './rotate-dialog.tsx'
import type { SecretLine } from './secret-line.ts'

type Props = {
  app: RotatedApp
  older: SecretLine[]
  /** As many secrets as may live at once. */
  liveMax: number
  pending: boolean
  refusal: Refused | null
  onSubmit: (input: RotateSecretInput) => void
  onClose: () => void
}

/** How the new secret is made, and what becomes of the older ones. Nothing changes before the last button. */
export function RotateForm({ app, older, liveMax, pending, refusal, onSubmit, onClose }: Props) {
  const formId = useId()
  const nameField = useRef<HTMLInputElement>(null)
  const [name, setName] = useState('')
  const [isOwn, setIsOwn] = useState(false)
  const [value, setValue] = useState('')
  const [wasSent, setWasSent] = useState(false)
  const [overlap, setOverlap] = useState('24')
  const [end, setEnd] = useState(() => firstEnd(app.secretDaysMax))
  const [keep, setKeep] = useState<Id<'secret'>[]>([])
  const [endTokens, setEndTokens] = useState(false)
  const weakness = isOwn && value ? judgeSecret(value) : null
  const hasRoom = (overlap === '0' ? keep.length : older.length) < liveMax
  const mayEndTokens = app.actsAs === 'itself' && overlap === '0'

  function submit(event: FormEvent) {
    event.preventDefault()
    setWasSent(true)
    const life = lifeOf(end)
    if (pending || !life || !hasRoom || (isOwn && (value === '' || weakness))) return
    onSubmit({
      appId: app.id,
      name: name.trim() || undefined,
      value: isOwn ? value : undefined,
      ...life,
      overlapHours: OVERLAP[overlap],
      keep,
      endTokens: mayEndTokens && endTokens,
    })
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Rotate the secret of ${app.name}`}
      size="large"
      initialFocus={nameField}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form={formId} pending={pending} disabled={!hasRoom}>
            {isOwn ? 'Set this secret' : 'Rotate secret'}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="flex flex-col gap-5">
        {older.length >= liveMax && (
          <Notice>
            <span className="font-medium text-ink">All {liveMax} places for secrets are taken.</span> Choose
            “At once” for the older ones below, or close this and end one first.
          </Notice>
        )}
        <RefusalNotice refusal={refusal} />
        <TextField
          ref={nameField}
          label="Name"
          aside="Optional"
          hint="Where it is used, so that it is recognized in the list."
          placeholder="Production"
          maxLength={100}
          autoComplete="off"
          value={name}
          error={refusal?.fields.name}
          onChange={(event) => setName(event.target.value)}
        />
        <div className="flex flex-col gap-2.5">
          <RadioGroup
            legend="New secret"
            name="source"
            value={isOwn ? 'own' : 'generated'}
            onChange={(source) => setIsOwn(source === 'own')}
            options={[
              { value: 'generated', label: 'Made here', hint: 'Shown once, right after this.' },
              { value: 'own', label: 'A value of your own' },
            ]}
          />
          {isOwn && (
            <TextField
              label="Your secret"
              labelHidden
              mono
              autoFocus
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              maxLength={256}
              value={value}
              // Always one line, so that nothing moves beneath the pointer when it is judged.
              hint={value ? (weakness ?? 'Strong enough.') : 'At least 32 characters that cannot be guessed.'}
              error={
                refusal?.fields.value ??
                (wasSent ? (value ? weakness : 'Type or paste the secret.') : undefined)
              }
              onChange={(event) => setValue(event.target.value)}
              fieldClassName="pl-6.5"
            />
          )}
        </div>
        <LifeField
          value={end}
          onChange={setEnd}
          daysMax={app.secretDaysMax}
          error={
            refusal?.fields.lifeDays ??
            refusal?.fields.expiresAt ??
            (wasSent && !lifeOf(end) ? 'Choose the day on which it ends.' : undefined)
          }
        />
        {older.length > 0 && (
          <div className="flex flex-col gap-3">
            <RadioGroup
              legend={older.length === 1 ? 'The older secret ends' : `The ${older.length} older secrets end`}
              name="overlap"
              value={overlap}
              onChange={setOverlap}
              options={OVERLAPS}
              className="[&>div]:flex-row [&>div]:flex-wrap [&>div]:gap-x-5"
            />
            <OlderSecrets
              secrets={older}
              choice={(secret) => (
                <Checkbox
                  label="Keep"
                  aria-label={`Keep ${secret.name}`}
                  checked={keep.includes(secret.id)}
                  onChange={(event) =>
                    setKeep(
                      event.target.checked ? [...keep, secret.id] : keep.filter((id) => id !== secret.id),
                    )
                  }
                />
              )}
            />
            {mayEndTokens && (
              <Checkbox
                label="Also end every token the app holds"
                hint="It must get new ones with the new secret."
                checked={endTokens}
                onChange={(event) => setEndTokens(event.target.checked)}
              />
            )}
          </div>
        )}
      </form>
    </Dialog>
  )
}

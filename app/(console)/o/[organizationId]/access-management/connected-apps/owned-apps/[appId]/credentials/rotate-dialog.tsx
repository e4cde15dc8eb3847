'use client'

import { useState } from 'react'
import { useAct } from '#components/forms/use-act'
import type { Id } from '#lib/base/ids'
import { rotate } from '../../actions.ts'
import { MadeSecret } from './made-secret.tsx'
import { RotateForm } from './rotate-form.tsx'
import type { SecretLine } from './secret-line.ts'

export type RotatedApp = {
  id: Id<'app'>
  name: string
  clientId: string
  actsAs: 'user' | 'itself'
  secrets: SecretLine[]
  /** How long a secret may live by the organization's rule, in days. */
  secretDaysMax: number | null
}

type Props = { app: RotatedApp; liveMax: number; onClose: () => void }

/** Makes a new secret: first how, then the secret itself, once. It lives in this dialog and nowhere else. */
export default function RotateDialog({ app, liveMax, onClose }: Props) {
  // What was live when the dialog opened: the page behind it is refreshed meanwhile.
  const [older] = useState(app.secrets)
  const [made, setMade] = useState<{
    secret: string
    name: string
    overlapHours: number
    ending: SecretLine[]
    jwtsUntil: Date | null
  }>()
  const act = useAct(rotate, ({ secret, jwtsUntil }, { name, overlapHours = 24, keep = [] }) =>
    setMade({
      secret,
      name: name || 'New secret',
      overlapHours,
      ending: older.filter((one) => !keep.includes(one.id)),
      jwtsUntil,
    }),
  )
  if (made) return <MadeSecret app={app} {...made} onClose={onClose} />
  return (
    <RotateForm
      app={app}
      older={older}
      liveMax={liveMax}
      pending={act.pending}
      refusal={act.refusal}
      onSubmit={act.run}
      onClose={onClose}
    />
  )
}

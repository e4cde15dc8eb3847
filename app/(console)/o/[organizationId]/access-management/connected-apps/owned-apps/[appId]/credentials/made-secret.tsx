'use client'

import { JwtsUntil } from '#components/connected-apps/jwts-until'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { SecretField } from '#components/ui/secret-field'
import { OlderSecrets } from './older-secrets.tsx'
import type { RotatedApp } from './rotate-dialog.tsx'
import type { SecretLine } from './secret-line.ts'

type Props = {
  app: RotatedApp
  secret: string
  name: string
  overlapHours: number
  ending: SecretLine[]
  /** Where the app's tokens were ended too. */
  jwtsUntil: Date | null
  onClose: () => void
}

/** The new secret, this once, and which older ones end when. Only the last button closes it. */
export function MadeSecret({ app, secret, name, overlapHours, ending, jwtsUntil, onClose }: Props) {
  return (
    <Dialog
      open
      dismissable={false}
      onOpenChange={onClose}
      title={`New secret for ${app.name}`}
      description="Copy it now: this is the only time it is shown. We keep a hash, so nobody, not even you, can read it again."
      size="large"
      foot={<Button onClick={onClose}>I have stored the secret</Button>}
    >
      <div className="flex flex-col gap-5">
        <SecretField
          label={name}
          aside={
            <>
              in the list as <span className="font-mono">••••{secret.slice(-4)}</span>
            </>
          }
          secret={secret}
          copyLabel="Copy secret"
          fields={{ CLIENT_ID: app.clientId }}
          secretKey="CLIENT_SECRET"
          fileName={app.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}
        />
        {ending.length > 0 && (
          <div className="border-t border-line pt-4">
            <p className="mb-1 font-medium">{endingWords(ending.length, overlapHours)}</p>
            <OlderSecrets secrets={ending} />
          </div>
        )}
        <JwtsUntil at={jwtsUntil} />
      </div>
    </Dialog>
  )
}

function endingWords(count: number, overlapHours: number): string {
  const which = count === 1 ? 'The older secret' : `${count} older secrets`
  if (overlapHours === 0) return count === 1 ? `${which} has ended` : `${which} have ended`
  const span = overlapHours === 1 ? '1 hour' : overlapHours === 168 ? '7 days' : `${overlapHours} hours`
  return `${which} ${count === 1 ? 'ends' : 'end'} in ${span}, or sooner where that was set before`
}

'use client'

import { Button } from '#components/ui/button'
import { CopyField } from '#components/ui/copy-field'
import { Dialog } from '#components/ui/dialog'
import { SecretField } from '#components/ui/secret-field'

export type Made = { clientId: string; secret: string | null; name: string }

/** The new app's ID and, this once, its secret. Only the last button closes it. */
export default function CreatedApp({ made, onClose }: { made: Made; onClose: () => void }) {
  return (
    <Dialog
      open
      dismissable={false}
      onOpenChange={onClose}
      title={`${made.name} is created`}
      description={
        made.secret
          ? 'Copy its secret now: this is the only time it is shown. We keep a hash, so nobody, not even you, can read it again.'
          : 'It runs where no secret can be kept, so it has none: its client ID is all it needs.'
      }
      size="large"
      foot={
        <Button variant={made.secret ? 'secondary' : 'primary'} onClick={onClose}>
          {made.secret ? 'I have stored the secret' : 'Open the app'}
        </Button>
      }
    >
      <div className="flex flex-col gap-5">
        <CopyField label="Client ID" value={made.clientId} copyLabel="Copy ID" />
        {made.secret && (
          <SecretField
            label="Client secret"
            secret={made.secret}
            copyLabel="Copy secret"
            fields={{ CLIENT_ID: made.clientId }}
            secretKey="CLIENT_SECRET"
            fileName={made.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}
          />
        )}
      </div>
    </Dialog>
  )
}

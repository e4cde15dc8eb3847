'use client'

import { RefusalNotice } from '#components/forms/refusal-notice'
import { useAct } from '#components/forms/use-act'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { RelativeTime } from '#components/ui/relative-time'
import { toast } from '#components/ui/toast'
import { endOneKey } from '../../actions.ts'
import type { KeyLine, SigningApp } from './keys-panel.tsx'

type Props = { app: SigningApp; signingKey: KeyLine; onClose: () => void }

/** Asks before one key ends, and says whether something still signs with it. */
export default function EndKeyDialog({ app, signingKey, onClose }: Props) {
  const { run, pending, refusal } = useAct(endOneKey, () => {
    onClose()
    toast(`${signingKey.name} has ended.`)
  })
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`End the key ${signingKey.name}?`}
      confirm="End key"
      danger
      pending={pending}
      onConfirm={() => run({ appId: app.id, keyId: signingKey.id })}
    >
      <p>
        {signingKey.lastUsedAt ? (
          <>
            It was last used <RelativeTime at={signingKey.lastUsedAt} className="lowercase" />.{' '}
          </>
        ) : (
          'Nothing has ever signed with it. '
        )}
        What {app.name} signs with it is refused from now on. This can’t be undone.
      </p>
      <div className="mt-3">
        <RefusalNotice refusal={refusal} />
      </div>
    </ConfirmDialog>
  )
}

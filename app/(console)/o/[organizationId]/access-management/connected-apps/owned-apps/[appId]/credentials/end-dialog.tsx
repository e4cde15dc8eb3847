'use client'

import { RefusalNotice } from '#components/forms/refusal-notice'
import { useAct } from '#components/forms/use-act'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { RelativeTime } from '#components/ui/relative-time'
import { toast } from '#components/ui/toast'
import { end } from '../../actions.ts'
import type { RotatedApp } from './rotate-dialog.tsx'
import { isInUse, type SecretLine } from './secret-line.ts'

type Props = { app: RotatedApp; secret: SecretLine; isLast: boolean; hasKeys: boolean; onClose: () => void }

/** Asks before one secret ends, and says whether something still uses it. */
export default function EndDialog({ app, secret, isLast, hasKeys, onClose }: Props) {
  const { run, pending, refusal } = useAct(end, () => {
    onClose()
    toast(`${secret.name} has ended.`)
  })
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`End the secret ${secret.name}?`}
      confirm="End secret"
      danger
      pending={pending}
      onConfirm={() => run({ appId: app.id, secretId: secret.id })}
    >
      <p>
        {secret.lastUsedAt ? (
          <>
            {isInUse(secret) ? 'It is in use: the last time was ' : 'It was last used '}
            <RelativeTime at={secret.lastUsedAt} className="lowercase" />.{' '}
          </>
        ) : (
          'Nothing has ever used it. '
        )}
        Whatever still uses it is refused from now on. This can’t be undone.
      </p>
      {isLast && hasKeys && (
        <p className="mt-2">It is the last live secret of {app.name}, which goes on with its keys alone.</p>
      )}
      {isLast && !hasKeys && (
        <p className="mt-2 font-medium text-bad">
          It is the only live secret of {app.name}: without another one the app gets no tokens.
        </p>
      )}
      <div className="mt-3">
        <RefusalNotice refusal={refusal} />
      </div>
    </ConfirmDialog>
  )
}

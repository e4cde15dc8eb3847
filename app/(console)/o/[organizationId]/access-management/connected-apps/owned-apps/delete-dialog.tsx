'use client'

import { useRouter } from 'next/navigation'
import { counted } from '#components/connected-apps/app-words'
import { jwtsUntilText } from '#components/connected-apps/jwts-until-text'
import { RefusalNotice } from '#components/forms/refusal-notice'
import { useAct } from '#components/forms/use-act'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { toast } from '#components/ui/toast'
import type { Id } from '#lib/base/ids'
import { remove } from './actions.ts'

type Props = {
  app: { id: Id<'app'>; name: string }
  /** Who uses it, where that is known. */
  usage?: { organizations: number; people: number }
  /** Where to go when its page is gone. */
  afterHref?: string
  onClose: () => void
}

/** Asks before an app is deleted: its name must be typed. */
export default function DeleteDialog({ app, usage, afterHref, onClose }: Props) {
  const router = useRouter()
  const { run, pending, refusal } = useAct(remove, ({ jwtsUntil }) => {
    onClose()
    toast(`${app.name} is deleted.`, { detail: jwtsUntilText(jwtsUntil) })
    if (afterHref) router.push(afterHref)
  })
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Delete ${app.name}?`}
      confirm="Delete app"
      danger
      typedName={app.name}
      pending={pending}
      onConfirm={() => run({ appId: app.id, name: app.name })}
    >
      <p>{effect(usage)}</p>
      <p className="mt-2">
        Its secrets and tokens end at once, and so do its allowlist entries and open requests. This can’t be
        undone.
      </p>
      <div className="mt-3 empty:hidden">
        <RefusalNotice refusal={refusal} />
      </div>
    </ConfirmDialog>
  )
}

function effect(usage: Props['usage']): string {
  if (!usage) return 'Everyone who uses it loses it.'
  if (usage.people === 0) return 'Nobody has authorized it at the moment.'
  return `${counted(usage.people, 'person', 'people')} in ${counted(usage.organizations, 'organization')} use it and lose it.`
}

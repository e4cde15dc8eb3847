'use client'

import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { counted } from '#components/connected-apps/app-words'
import { jwtsUntilText } from '#components/connected-apps/jwts-until-text'
import { RefusalNotice } from '#components/forms/refusal-notice'
import { useAct } from '#components/forms/use-act'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { toast } from '#components/ui/toast'
import { removeOne } from './actions.ts'
import type { ActedOn, Organization, PersonActedOn } from './acts.tsx'

type Props = { app: ActedOn; person: PersonActedOn; organization: Organization; onClose: () => void }

/** Asks before one person’s authorization is removed. */
export default function RemovePersonDialog({ app, person, organization, onClose }: Props) {
  const router = useRouter()
  const pathname = usePathname()
  const params = useSearchParams()
  const { run, pending, refusal } = useAct(removeOne, ({ families, tokens, jwtsUntil }) => {
    onClose()
    toast(`${person.name}’s authorization of ${app.name} is removed.`, {
      detail: [
        `${counted(families, 'token family', 'token families')} and ${counted(tokens, 'token')} ended.`,
        jwtsUntilText(jwtsUntil),
      ]
        .filter(Boolean)
        .join(' '),
    })
    const rest = new URLSearchParams(params)
    rest.delete('person')
    router.replace(`${pathname}?${rest}`, { scroll: false })
  })
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Remove ${person.name}’s authorization of ${app.name}?`}
      confirm="Remove"
      danger
      pending={pending}
      onConfirm={() => run({ authorizationId: person.authorizationId })}
    >
      <p>
        {app.name} can no longer act for {person.name} at {organization.name}.{' '}
        {person.families > 0 &&
          `${counted(person.families, 'token family ends', 'token families end')}, with every token in ${person.families === 1 ? 'it' : 'them'}. `}
        Everybody else keeps it.
      </p>
      <p className="mt-2">
        <strong className="font-medium text-bad">This can’t be undone.</strong> {person.name} would have to
        authorize it anew.
      </p>
      <div className="mt-3">
        <RefusalNotice refusal={refusal} />
      </div>
    </ConfirmDialog>
  )
}

'use client'

import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { useState } from 'react'
import { AppTile } from '#components/ui/app-tile'
import { Notice } from '#components/ui/notice'
import type { PeopleRemovalPreview } from '#lib/domain/authorizations/preview-people-removal'
import type { Receipt } from '#lib/domain/installations/schema'
import { usePreview } from '../../../../../use-preview.ts'
import { removeOne } from './actions.ts'
import type { ActedOn, Organization, PersonActedOn } from './acts.tsx'
import { EffectDialog } from './effect-dialog.tsx'
import { endingFigures, peopleFigure } from './effect-figures.ts'
import { RemovalReceipt } from './removal-receipt.tsx'
import { useCountedAct } from './use-counted-act.ts'

type Props = { app: ActedOn; person: PersonActedOn; organization: Organization; onClose: () => void }

/** Asks before one person’s authorization is removed, in numbers counted now; and says afterwards what was ended. */
export default function RemovePersonDialog({ app, person, organization, onClose }: Props) {
  const router = useRouter()
  const pathname = usePathname()
  const params = useSearchParams()
  const { authorizationId, name } = person
  const asked = usePreview<PeopleRemovalPreview>(
    ['people-removal', app.id, authorizationId],
    `/organizations/${organization.id}/authorized-apps/${app.id}/people/removal?authorizations=${authorizationId}`,
  )
  const [receipt, setReceipt] = useState<Receipt>()
  const { run, ...act } = useCountedAct(removeOne, asked, (ended) => {
    setReceipt(ended)
    const rest = new URLSearchParams(params)
    rest.delete('person')
    router.replace(`${pathname}?${rest}`, { scroll: false })
  })
  if (receipt)
    return (
      <RemovalReceipt
        title={`${name}’s authorization of ${app.name} is removed`}
        organization={organization}
        first={{ ...receipt, kind: 'people', apps: 1, authorizations: receipt.people }}
        onClose={onClose}
      />
    )
  const isGone = asked.preview?.gone === 1
  return (
    <EffectDialog
      lead={<AppTile id={app.id} name={app.name} size="large" />}
      title={`Remove ${name}’s authorization of ${app.name}?`}
      confirm="Remove"
      danger
      asked={asked}
      figures={({ people, ...ended }) => endingFigures(peopleFigure(people), ended)}
      notes={
        isGone && (
          <Notice>
            {app.name} does not act for {name} any more: there is nothing left to remove.
          </Notice>
        )
      }
      finality={`${name} would have to authorize it anew.`}
      isReady={!isGone}
      act={act}
      onConfirm={() => run({ authorizationId })}
      onClose={onClose}
    >
      {app.name} can no longer act for {name} at {organization.name}. Everybody else keeps it.
    </EffectDialog>
  )
}

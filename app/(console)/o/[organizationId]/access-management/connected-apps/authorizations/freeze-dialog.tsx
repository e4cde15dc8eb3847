'use client'

import { jwtsUntilText } from '#components/connected-apps/jwts-until-text'
import { useAct } from '#components/forms/use-act'
import { AppTile } from '#components/ui/app-tile'
import { toast } from '#components/ui/toast'
import { countText } from '#lib/base/bounded-count'
import type { RemovalPreview } from '#lib/domain/authorizations/preview-removal'
import { usePreview } from '../../../../../use-preview.ts'
import { freeze } from './actions.ts'
import { type ActedOn, type Organization, useActs } from './acts.tsx'
import { EffectDialog } from './effect-dialog.tsx'
import { pausingFigures } from './effect-figures.ts'

type Props = { app: ActedOn; organization: Organization; onClose: () => void }

/** Asks before an app is held still for everyone here, in numbers counted now. Nothing ends: unfreezing brings it all back. */
export default function FreezeDialog({ app, organization, onClose }: Props) {
  const { lift } = useActs()
  const asked = usePreview<RemovalPreview>(
    ['removal', organization.id, app.id],
    `/organizations/${organization.id}/authorized-apps/${app.id}/removal`,
  )
  const { run, ...act } = useAct(freeze, ({ jwtsUntil }) => {
    onClose()
    toast(`${app.name} is frozen.`, {
      about: app.id,
      detail: jwtsUntilText(jwtsUntil),
      undo: () => lift('freeze', app),
    })
  })
  return (
    <EffectDialog
      lead={<AppTile id={app.id} name={app.name} size="large" />}
      title={`Freeze ${app.name}?`}
      confirm="Freeze"
      asked={asked}
      figures={({ people, ...paused }) =>
        pausingFigures(
          { label: people === 1 ? 'person waits' : 'people wait', value: countText(people) },
          paused,
        )
      }
      // In an incident it must do without the numbers, if they cannot be had.
      isReady
      act={act}
      onConfirm={() => run({ rootOrganizationId: organization.id, appId: app.id })}
      onClose={onClose}
    >
      Its tokens stop working for the people of {organization.name}, and it gets no new ones. Nothing ends:
      unfreeze it, and all works again.
    </EffectDialog>
  )
}

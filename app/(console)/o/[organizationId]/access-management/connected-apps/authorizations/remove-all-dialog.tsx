'use client'

import { useState } from 'react'
import { counted } from '#components/connected-apps/app-words'
import { Avatar } from '#components/ui/avatar'
import { leastText } from '#lib/base/bounded-count'
import type { Id } from '#lib/base/ids'
import type { PersonRemovalPreview } from '#lib/domain/authorizations/preview-person-removal'
import type { removeAllOfPerson } from '#lib/domain/authorizations/remove-all-of-person'
import { usePreview } from '../../../../../use-preview.ts'
import { removeAll } from './actions.ts'
import type { Organization } from './acts.tsx'
import { EffectDialog } from './effect-dialog.tsx'
import { endingFigures } from './effect-figures.ts'
import { RemovalReceipt } from './removal-receipt.tsx'
import { useCountedAct } from './use-counted-act.ts'

type Props = {
  person: { userId: Id<'user'>; name: string }
  organization: Organization
  onClose: () => void
}

/** Asks before all that one person authorized is removed: in numbers counted now, and only that is done. */
export default function RemoveAllDialog({ person, organization, onClose }: Props) {
  const asked = usePreview<PersonRemovalPreview>(
    ['person-removal', organization.id, person.userId],
    `/organizations/${organization.id}/authorizing-people/${person.userId}/removal`,
  )
  const { preview } = asked
  const [receipt, setReceipt] = useState<Awaited<ReturnType<typeof removeAllOfPerson>>>()
  const { run, ...act } = useCountedAct(removeAll, asked, setReceipt)
  if (receipt)
    return (
      <RemovalReceipt
        title={`All that ${person.name} authorized is removed`}
        organization={organization}
        first={{ ...receipt, kind: 'person', authorizations: receipt.apps }}
        onClose={onClose}
      />
    )
  return (
    <EffectDialog
      lead={<Avatar name={person.name} size="medium" />}
      title={`Remove all that ${person.name} authorized?`}
      confirm="Remove all"
      danger
      asked={asked}
      figures={({ apps, ...ended }) =>
        endingFigures(
          { label: apps === 1 ? 'app loses access' : 'apps lose access', value: leastText(apps, true) },
          ended,
        )
      }
      finality={`${person.name} would have to authorize each app anew. Everybody else keeps theirs.`}
      isReady={(preview?.apps ?? 0) > 0}
      act={act}
      onConfirm={() =>
        run({
          rootOrganizationId: organization.id,
          userId: person.userId,
          expectedFingerprint: preview?.fingerprint,
        })
      }
      onClose={onClose}
    >
      {preview ? counted(preview.apps, 'app') : 'The apps'} can no longer act for {person.name} at{' '}
      {organization.name}.
    </EffectDialog>
  )
}

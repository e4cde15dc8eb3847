'use client'

import { useState } from 'react'
import { RefusalNotice } from '#components/forms/refusal-notice'
import { useAct } from '#components/forms/use-act'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { toast } from '#components/ui/toast'
import type { Id } from '#lib/base/ids'
import type { EntryUse } from '#lib/domain/authorizations/get-entry-use'
import { usePreview } from '../../../../../../use-preview.ts'
import { limit } from '../actions.ts'
import { type ChosenLimits, chosenFrom, type Limits, LimitsFields, limitsOf } from '../limits-fields.tsx'

type Props = {
  app: { id: Id<'app'>; name: string }
  organizationId: Id<'organization'>
  limits: Limits
  version: number
  onClose: () => void
}

/** Says until when an entry is good and for whom, and what that will do to those who use the app. */
export default function LimitsDialog({ app, organizationId, limits, version, onClose }: Props) {
  // What was touched alone: the rest stays as it is, also where somebody else saves meanwhile.
  const [touched, setTouched] = useState<Partial<ChosenLimits>>({})
  const saved = chosenFrom(limits)
  const chosen = { ...saved, ...touched }
  const { preview } = usePreview<EntryUse>(
    ['entry-use', app.id],
    `/organizations/${organizationId}/allowlist-entries/${app.id}/use`,
  )
  const wanted = limitsOf(touched)
  const { run, pending, refusal } = useAct(limit, () => {
    onClose()
    toast(`For whom and until when ${app.name} is allowlisted is changed.`)
  })
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Until when, and for whom, is ${app.name} allowed?`}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            pending={pending}
            disabled={!wanted || Object.keys(wanted).length === 0}
            onClick={() =>
              wanted && run({ rootOrganizationId: organizationId, appId: app.id, version, ...wanted })
            }
          >
            Save changes
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <RefusalNotice refusal={refusal} />
        <LimitsFields
          organizationId={organizationId}
          people={preview?.people}
          value={chosen}
          onChange={(change) =>
            setTouched((before) => ({ ...before, ...changedBy(change, { ...saved, ...before }) }))
          }
          errors={refusal?.isOvertaken ? {} : (refusal?.fields ?? {})}
        />
        {chosen.group && (
          <p className="text-ink-2" role="status">
            Whoever authorized it before goes on, in the group or not. Others have to ask you from now on.
          </p>
        )}
      </div>
    </Dialog>
  )
}

function changedBy(
  change: (before: ChosenLimits) => ChosenLimits,
  before: ChosenLimits,
): Partial<ChosenLimits> {
  const after = change(before)
  return {
    ...(after.end !== before.end && { end: after.end }),
    ...(after.group !== before.group && { group: after.group }),
  }
}

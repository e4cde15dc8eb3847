'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useOptimistic, useTransition } from 'react'
import { counted } from '#components/connected-apps/app-words'
import { RefusalNotice } from '#components/forms/refusal-notice'
import { useAct } from '#components/forms/use-act'
import { Button, ButtonLink } from '#components/ui/button'
import { RadioGroup } from '#components/ui/radio-group'
import type { RotationPreview } from '#lib/domain/connected-apps/preview-bulk-rotation'
import type { BulkRotationInput } from '#lib/domain/connected-apps/schema'
import { rotateTogether } from '../actions.ts'
import { OVERLAP, OVERLAPS } from '../overlaps.ts'
import { RotationEffect } from './rotation-effect.tsx'

type Props = {
  path: string
  listPath: string
  input: BulkRotationInput & { overlapHours: 0 | 1 | 24 | 168 }
  preview: RotationPreview
}

/** Which apps and what overlap stand in the address, so that the effect is worked out by the server each time. */
export function RotateManyForm({ path, listPath, input, preview }: Props) {
  const router = useRouter()
  const [isCounting, startTransition] = useTransition()
  const act = useAct(rotateTogether, ({ bulkRotationId }) => router.replace(`${path}/${bulkRotationId}`))
  // What is chosen shows at once; the effect follows when it is counted.
  const [chosen, choose] = useOptimistic(input)
  const go = (change: Partial<Props['input']>) =>
    startTransition(() => {
      choose({ ...chosen, ...change })
      router.replace(hrefOf(path, { ...chosen, ...change }), { scroll: false })
    })
  const { ready } = preview.counts

  function submit(event: FormEvent) {
    event.preventDefault()
    if (!act.pending && !isCounting && ready > 0) act.run(input)
  }

  return (
    <form onSubmit={submit} className="flex max-w-2xl flex-col gap-6">
      <RefusalNotice refusal={act.refusal} />
      <RadioGroup
        legend="Of which apps"
        name="which"
        value={chosen.which}
        onChange={(which) => go({ which: which as BulkRotationInput['which'] })}
        options={[
          ...(input.appIds?.length
            ? [
                {
                  value: 'chosen',
                  label: `The ${counted(input.appIds.length, 'app')} you chose`,
                },
              ]
            : []),
          {
            value: 'due',
            label: 'Those marked',
            hint: 'Somebody who knew the secret no longer answers for the app.',
          },
          { value: 'all', label: 'All of this branch', hint: 'Every app whose secret you may rotate.' },
        ]}
      />
      <RadioGroup
        legend="The older secrets end"
        name="overlap"
        value={String(chosen.overlapHours)}
        onChange={(overlap) => go({ overlapHours: OVERLAP[overlap] ?? 24 })}
        options={OVERLAPS}
        className="[&>div]:flex-row [&>div]:flex-wrap [&>div]:gap-x-5"
      />
      <RotationEffect
        preview={preview}
        overlapHours={input.overlapHours}
        isCounting={isCounting}
        which={input.which}
      />
      <div className="flex flex-wrap gap-2 border-t border-line pt-5 max-sm:*:h-11 max-sm:*:flex-1">
        <Button variant="primary" type="submit" pending={act.pending} disabled={ready === 0 || isCounting}>
          Rotate {counted(ready, 'secret')}
        </Button>
        <ButtonLink href={listPath}>Cancel</ButtonLink>
      </div>
    </form>
  )
}

function hrefOf(path: string, { which, appIds = [], overlapHours = 24 }: BulkRotationInput): string {
  const query = new URLSearchParams({ which, overlap: String(overlapHours) })
  for (const id of appIds) query.append('app', id)
  return `${path}?${query}`
}

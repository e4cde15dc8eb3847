'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useOptimistic, useTransition } from 'react'
import { counted } from '#components/connected-apps/app-words'
import { RefusalNotice } from '#components/forms/refusal-notice'
import { useAct } from '#components/forms/use-act'
import { Button, ButtonLink } from '#components/ui/button'
import { RadioGroup } from '#components/ui/radio-group'
import type { BulkRotationInput } from '#lib/domain/connected-apps/credentials-schema'
import type { RotationPreview } from '#lib/domain/connected-apps/preview-bulk-rotation'
import { rotateTogether } from '../actions.ts'
import { OVERLAP, OVERLAPS } from '../overlaps.ts'
import { chosenParams } from './kept-choice.ts'
import { RotationEffect } from './rotation-effect.tsx'

export type RotateManyProps = {
  path: string
  listPath: string
  input: BulkRotationInput & { overlapHours: 0 | 1 | 24 | 168 }
  /** How many were chosen, also where others are looked at now. */
  chosenCount: number
  /** The search and filters that the person came with, as the address has them. */
  narrowed: Readonly<Record<string, string>>
  preview: RotationPreview
  /** The preview is of another choice still. */
  isStale?: boolean
}

/** Which apps and what overlap stand in the address, so that the effect is worked out by the server each time. */
export function RotateManyForm(props: RotateManyProps) {
  const { path, listPath, input, chosenCount, narrowed, preview, isStale = false } = props
  const router = useRouter()
  const [isPending, startTransition] = useTransition()
  const isCounting = isPending || isStale
  const act = useAct(rotateTogether, ({ bulkRotationId }) => router.replace(`${path}/${bulkRotationId}`))
  // What is chosen shows at once; the effect follows when it is counted.
  const [chosen, choose] = useOptimistic(input)
  const go = (change: Partial<RotateManyProps['input']>) =>
    startTransition(() => {
      choose({ ...chosen, ...change })
      router.replace(hrefOf(props, { ...chosen, ...change }), { scroll: false })
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
          ...(chosenCount > 0
            ? [{ value: 'chosen', label: `The ${counted(chosenCount, 'app')} you chose` }]
            : []),
          ...(Object.keys(narrowed).length > 0
            ? [{ value: 'matching', label: 'All that match your search and filters' }]
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

function hrefOf(
  { path, narrowed, chosenCount }: RotateManyProps,
  { which, appIds = [], overlapHours = 24 }: BulkRotationInput,
): string {
  const query = new URLSearchParams({ ...narrowed, which, overlap: String(overlapHours) })
  const named = appIds.length > 0 ? chosenParams(appIds) : []
  for (const [name, value] of named) query.append(name, value)
  // Chosen ones that the window keeps are not known here while others are looked at.
  if (named.length === 0 && chosenCount > 0) query.set('kept', String(chosenCount))
  return `${path}?${query}`
}

'use client'

import { useQuery } from '@tanstack/react-query'
import { CircleCheck, KeyRound } from 'lucide-react'
import { useState } from 'react'
import { counted } from '#components/connected-apps/app-words'
import { RefusalNotice } from '#components/forms/refusal-notice'
import { type Answer, useAct } from '#components/forms/use-act'
import { Button, ButtonLink } from '#components/ui/button'
import { Notice } from '#components/ui/notice'
import { ProgressBar } from '#components/ui/progress-bar'
import { RelativeTime } from '#components/ui/relative-time'
import { LineList, Section } from '#components/ui/section'
import type { BulkRotationOnlyInput } from '#lib/domain/connected-apps/credentials-schema'
import type { RotationProgress as Progress } from '#lib/domain/connected-apps/get-bulk-rotation'
import type { RefusedApp } from '#lib/domain/connected-apps/open-apps'
import type { HandedOver } from '#lib/domain/connected-apps/secrets-file'
import { readApi } from '../../../../../../../read-api.ts'
import { takeSecrets } from '../../actions.ts'
import { OVERLAPS } from '../../overlaps.ts'
import type { TakenSecrets } from './taken-secrets.tsx'

const EVERY_MILLISECONDS = 700

/** Follows the job in counts; once it is done, hands the new secrets over. They live in this page's state and nowhere else. */
export function RotationProgress({ initial, listPath }: { initial: Progress; listPath: string }) {
  const [taken, setTaken] = useState<Taken>()
  const asked = useQuery({
    queryKey: ['bulk-rotation', initial.id],
    queryFn: () => readApi<Progress>(`/bulk-rotations/${initial.id}`),
    initialData: initial,
    initialDataUpdatedAt: 0,
    refetchInterval: ({ state }) => (state.data?.finishedAt ? false : EVERY_MILLISECONDS),
  })
  const { data } = asked
  const made = data.counts.done - data.counts.refused
  const refusals = [...data.refusals, ...(taken?.leftOut ?? [])]
  const act = useAct(takeAlong, setTaken)
  return (
    <div className="flex max-w-2xl flex-col gap-6">
      <Section
        title={data.finishedAt ? 'Finished' : 'Under way'}
        hint={
          <span role="status">
            {data.finishedAt
              ? `${counted(made, 'app')} got a new secret. ${endsAfter(data.overlapHours)}`
              : `${data.counts.done} of ${counted(data.counts.all, 'secret')} so far. You may leave this page; Owned Apps leads back here.`}
          </span>
        }
      >
        <ProgressBar label="Secrets rotated" done={data.counts.done} all={data.counts.all} />
        {asked.isError && (
          <Notice tone="neutral">How far it is cannot be read at the moment. It goes on meanwhile.</Notice>
        )}
      </Section>
      {refusals.length > 0 && <Refusals refusals={refusals} />}
      <RefusalNotice refusal={act.refusal} />
      {taken?.secrets.length === 0 ? (
        <Notice acts={<ButtonLink href={listPath}>Back to Owned Apps</ButtonLink>}>
          <span className="font-medium text-ink">There was no new secret left for you.</span> The apps are
          marked again, for whoever may rotate them.
        </Notice>
      ) : taken ? (
        <taken.TakenSecrets secrets={taken.secrets} listPath={listPath} />
      ) : (
        <HandOver
          data={data}
          made={made}
          pending={act.pending}
          onTake={() => act.run({ bulkRotationId: data.id })}
          listPath={listPath}
        />
      )}
    </div>
  )
}

/** What shows them is fetched first: they are handed over once, and a fetch that fails must not cost them. */
async function takeAlong(input: BulkRotationOnlyInput): Promise<Answer<Taken>> {
  const { TakenSecrets } = await import('./taken-secrets.tsx')
  const answer = await takeSecrets(input)
  return answer.ok ? { ok: true, value: { ...answer.value, TakenSecrets } } : answer
}

type Taken = { secrets: HandedOver[]; leftOut: RefusedApp[]; TakenSecrets: typeof TakenSecrets }

function endsAfter(hours: number): string {
  if (hours === 0) return 'The older ones ended with it.'
  const span = OVERLAPS.find(({ value }) => value === String(hours))?.label ?? `${hours} hours`
  return `The older ones end ${span} after it, or sooner where that was set.`
}

type HandOverProps = {
  data: Progress
  made: number
  pending: boolean
  onTake: () => void
  listPath: string
}

function HandOver({ data, made, pending, onTake, listPath }: HandOverProps) {
  if (!data.finishedAt) return null
  const back = <ButtonLink href={listPath}>Back to Owned Apps</ButtonLink>
  if (data.handedOverAt) {
    return (
      <Notice tone="ok" icon={<CircleCheck aria-hidden />} acts={back}>
        <span className="font-medium text-ink">The new secrets were taken along</span>{' '}
        <RelativeTime at={data.handedOverAt} className="lowercase" />. They are nowhere here any more.
      </Notice>
    )
  }
  if (data.forgottenAt) {
    return (
      <Notice acts={back}>
        <span className="font-medium text-ink">Nobody took the new secrets along in time.</span> They were
        forgotten, and the apps are marked again.
      </Notice>
    )
  }
  if (made === 0) return <div>{back}</div>
  return (
    <Section
      title={`Take the ${counted(made, 'new secret')} along`}
      hint="Once, as one file: afterwards they are nowhere here, and nobody, not even you, can read them again."
    >
      <div className="flex flex-wrap items-center gap-3">
        <Button variant="primary" icon={<KeyRound aria-hidden />} pending={pending} onClick={onTake}>
          Show {made === 1 ? 'it' : 'them'} once
        </Button>
        {data.keptUntil && (
          <span className="text-ink-2">
            Kept for you until <RelativeTime at={data.keptUntil} className="lowercase" />, then forgotten.
          </span>
        )}
      </div>
    </Section>
  )
}

function Refusals({ refusals }: { refusals: Progress['refusals'] }) {
  return (
    <Section title={`${counted(refusals.length, 'app')} without a new secret`}>
      <div className="rounded-box border border-line bg-surface px-3.5 py-1">
        <LineList label="Apps without a new secret">
          {refusals.map(({ appId, name, sentence }) => (
            <li key={appId} className="flex-wrap">
              <span className="min-w-0 basis-40 truncate font-medium">{name}</span>
              <span className="min-w-0 flex-1 basis-64 text-ink-2">{sentence}</span>
            </li>
          ))}
        </LineList>
      </div>
    </Section>
  )
}

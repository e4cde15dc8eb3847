'use client'

import { counted } from '#components/connected-apps/app-words'
import { StatusDot } from '#components/ui/chip'
import { Disclosure } from '#components/ui/disclosure'
import { Notice } from '#components/ui/notice'
import { LineList, Section } from '#components/ui/section'
import type { RotationPreview } from '#lib/domain/connected-apps/preview-bulk-rotation'
import { LEFT_OUT } from '../left-out-words.ts'
import { overlapWords } from '../overlaps.ts'

type Props = { preview: RotationPreview; overlapHours: number; isCounting: boolean; which: string }

/** What the button below does, in numbers and names: nothing has happened yet. */
export function RotationEffect({ preview, overlapHours, isCounting, which }: Props) {
  const { counts, inUse, ready, skipped } = preview
  const leftOut = Object.entries(counts).reduce((sum, [is, count]) => sum + (is === 'ready' ? 0 : count), 0)
  return (
    <Section
      title="What happens when you press the button"
      hint={<span role="status">{isCounting ? 'Counting anew…' : summary(counts.ready, overlapHours)}</span>}
    >
      {counts.ready === 0 && !isCounting && (
        <Notice tone="neutral">
          {which === 'due' ? 'No app is marked' : 'None of these apps has a secret'} that you can rotate now.
        </Notice>
      )}
      {inUse > 0 && overlapHours === 0 && (
        <Notice>
          <span className="font-medium text-ink">
            {inUse === 1 ? 'One of them is in use.' : `${inUse} of them are in use.`}
          </span>{' '}
          With “At once” {inUse === 1 ? 'it gets' : 'they get'} no tokens until{' '}
          {inUse === 1 ? 'it has its' : 'each has its'} new secret.
        </Notice>
      )}
      {ready.length > 0 && (
        <Names
          label="Apps that get a new secret"
          summary={`${counted(counts.ready, 'app')} ${counts.ready === 1 ? 'gets' : 'get'} a new secret`}
          isOpen={counts.ready <= 12}
          more={counts.ready - ready.length}
        >
          {ready.map((app) => (
            <li key={app.id}>
              <span className="min-w-0 flex-1 truncate">{app.name}</span>
              <span className="shrink-0 text-ink-2">
                {app.inUse > 0 ? (
                  <StatusDot tone="warn">In use</StatusDot>
                ) : app.live === 0 ? (
                  <StatusDot tone="none">No live secret yet</StatusDot>
                ) : (
                  <StatusDot tone="ok">Quiet</StatusDot>
                )}
              </span>
            </li>
          ))}
        </Names>
      )}
      {leftOut > 0 && (
        <Names
          label="Apps that are left out"
          summary={`${counted(leftOut, 'app')} ${leftOut === 1 ? 'is' : 'are'} left out`}
          isOpen={leftOut <= 12}
          more={leftOut - skipped.length}
        >
          {skipped.map((app) => (
            <li key={app.id} className="flex-wrap">
              <span className="min-w-0 flex-1 basis-40 truncate">{app.name}</span>
              <span className="text-ink-2">{app.outcome === 'ready' ? '' : LEFT_OUT[app.outcome]}</span>
            </li>
          ))}
        </Names>
      )}
    </Section>
  )
}

function summary(ready: number, overlapHours: number): string {
  if (ready === 0) return 'Nothing.'
  return `${ready === 1 ? 'It gets a new secret, and its older ones end' : 'Each gets a new secret, and the older ones end'} ${overlapWords(overlapHours)}, or sooner where that was set. You then take the new ${ready === 1 ? 'one' : 'ones'} along as one file, once.`
}

type NamesProps = {
  label: string
  summary: string
  isOpen: boolean
  more: number
  children: React.ReactNode
}

function Names({ label, summary, isOpen, more, children }: NamesProps) {
  return (
    <div className="rounded-box border border-line bg-surface px-3.5 py-2.5">
      <Disclosure open={isOpen} summary={<span className="font-medium">{summary}</span>}>
        <div className="mt-1.5 border-t border-line pt-1">
          <LineList label={label}>{children}</LineList>
          {more > 0 && <p className="pt-2 text-muted">and {counted(more, 'more', 'more')}</p>}
        </div>
      </Disclosure>
    </div>
  )
}

'use client'

import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { Button, ButtonLink } from '#components/ui/button'
import { Notice } from '#components/ui/notice'
import { RadioGroup } from '#components/ui/radio-group'
import { EVENTS_HEADER } from './export-act.ts'
import { type Progress, takeFile } from './take-file.ts'

type Props = {
  action: string
  backHref: string
  events: number
  /** Hidden fields: the token and what is looked for. */
  fields: ReactNode
  children: ReactNode
}

type State =
  | { is: 'asking' }
  | { is: 'taking'; progress: Progress }
  | { is: 'done'; events: number }
  | { is: 'cancelled' }
  | { is: 'failed'; sentence: string }

/**
 * The form of an export. Without script the browser downloads the file by itself; with it the events are counted as they
 * come, and Cancel ends it on both sides.
 */
export function ExportForm({ action, backHref, events, fields, children }: Props) {
  const [state, setState] = useState<State>({ is: 'asking' })
  const taking = useRef<AbortController>(null)
  useEffect(() => () => taking.current?.abort(), [])
  const begin = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new URLSearchParams(new FormData(event.currentTarget) as unknown as Record<string, string>)
    taking.current = new AbortController()
    setState({ is: 'taking', progress: { events: 0, total: events } })
    setState(
      await takeFile(action, form, {
        header: EVENTS_HEADER,
        signal: taking.current.signal,
        onProgress: (progress) => setState({ is: 'taking', progress }),
      }),
    )
  }
  return (
    <form method="post" action={action} onSubmit={begin} className="flex max-w-xl flex-col gap-6">
      {fields}
      {children}
      <RadioGroup
        legend="Format"
        name="format"
        look="cards"
        defaultValue="csv"
        options={[
          { value: 'csv', label: 'CSV', hint: 'For spreadsheets. One line an event, what changed as text.' },
          {
            value: 'jsonl',
            label: 'JSON Lines',
            hint: 'For programs. One JSON object an event, with every detail.',
          },
        ]}
      />
      <p className="text-ink-2">
        Times are in UTC. The last line says “end of export” and how many events there are: a file without it
        was cut off.
      </p>
      <Outcome state={state} />
      <div className="flex gap-2">
        {state.is === 'taking' ? (
          <Button size="large" onClick={() => taking.current?.abort()}>
            Cancel
          </Button>
        ) : (
          <>
            <ButtonLink size="large" href={backHref}>
              {state.is === 'done' ? 'Back to the audit log' : 'Cancel'}
            </ButtonLink>
            <Button type="submit" variant="primary" size="large">
              {state.is === 'done' ? 'Export again' : `Export ${counted(events)}`}
            </Button>
          </>
        )}
      </div>
    </form>
  )
}

function Outcome({ state }: { state: State }) {
  switch (state.is) {
    case 'asking':
      return null
    case 'taking':
      return <ProgressLine progress={state.progress} />
    case 'done':
      return (
        <div role="status">
          <Notice tone="ok">{counted(state.events)} exported. The file is among your downloads.</Notice>
        </div>
      )
    case 'cancelled':
      return (
        <div role="status">
          <Notice tone="neutral">Cancelled. Nothing was saved; that it was begun is in the audit log.</Notice>
        </div>
      )
    case 'failed':
      return (
        <Notice tone="bad" isAlert>
          {state.sentence}
        </Notice>
      )
  }
}

function ProgressLine({ progress: { events, total } }: { progress: Progress }) {
  const percent = total === 0 ? 100 : Math.min(100, Math.floor((events / total) * 100))
  return (
    <div className="flex flex-col gap-1.5">
      <div
        role="progressbar"
        aria-label="Export"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        aria-valuetext={`${events.toLocaleString('en')} of ${counted(total)}`}
        className="h-1.5 overflow-clip rounded-full bg-subtle"
      >
        <div className="h-full bg-accent transition-[width] duration-150" style={{ width: `${percent}%` }} />
      </div>
      <p className="text-meta text-ink-2">
        {events.toLocaleString('en')} of {counted(total)}
      </p>
    </div>
  )
}

const counted = (count: number) => `${count.toLocaleString('en')} ${count === 1 ? 'event' : 'events'}`

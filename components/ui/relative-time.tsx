'use client'

import { useSyncExternalStore } from 'react'
import { dayWords, exactWords, relativeWords } from './relative-words.ts'
import { usePlace } from './time-zone.tsx'
import { words } from './words.ts'

type Moment = {
  /** An ISO string or Date; null or absent is “Never”. */ at: string | Date | null | undefined
  className?: string
}

/** “3 minutes ago”, with the exact moment on hover, kept up to date by the minute. The same on the server and after. */
export function RelativeTime({
  at,
  short,
  never = words.never,
  className,
}: Moment & { short?: boolean; never?: string }) {
  const minute = useMinute()
  const { timeZone, locale } = usePlace()
  if (!at) return <span className={className}>{never}</span>
  const moment = new Date(at)
  const now = minute === null ? Date.now() : Math.max(minute, Date.now())
  return (
    <time
      // A new element after hydration: the server's words may be a minute old, and React would leave them.
      key={minute === null ? 'served' : 'live'}
      suppressHydrationWarning
      dateTime={moment.toISOString()}
      title={exactWords(moment, locale, minute === null ? timeZone : ownZone(timeZone))}
      className={className}
    >
      {relativeWords(moment.getTime(), now, short)}
    </time>
  )
}

/** A day (“16 Nov 2026”), with the exact moment on hover; `withTime` writes the time too. */
export function DateTime({
  at,
  withTime,
  never = words.never,
  className,
}: Moment & { withTime?: boolean; never?: string }) {
  const minute = useMinute()
  const { timeZone, locale } = usePlace()
  if (!at) return <span className={className}>{never}</span>
  const moment = new Date(at)
  const zone = minute === null ? timeZone : ownZone(timeZone)
  return (
    <time
      key={minute === null ? 'served' : 'live'}
      suppressHydrationWarning
      dateTime={moment.toISOString()}
      title={exactWords(moment, locale, zone)}
      className={className}
    >
      {dayWords(moment, locale, zone, withTime)}
    </time>
  )
}

function ownZone(fallback: string): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || fallback
}

const listeners = new Set<() => void>()
let ticking: ReturnType<typeof setInterval> | undefined
let current = 0

/** The present minute, one clock for the whole page; null on the server and while the page is brought to life. */
function useMinute(): number | null {
  return useSyncExternalStore(listen, presentMinute, () => null)
}

function presentMinute(): number {
  if (current === 0) current = Date.now()
  return current
}

function listen(changed: () => void): () => void {
  listeners.add(changed)
  ticking ??= setInterval(() => {
    current = Date.now()
    for (const listener of listeners) listener()
  }, 60_000)
  return () => {
    listeners.delete(changed)
    if (listeners.size > 0) return
    clearInterval(ticking)
    ticking = undefined
  }
}

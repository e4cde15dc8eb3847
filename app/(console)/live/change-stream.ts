'use client'

import type { Topic } from '#lib/domain/audit/topics'

/** Longer than the server is ever quiet. */
const QUIET_MILLISECONDS_MAX = 45_000
const LOOK_MILLISECONDS = 5_000
/** Somebody who looks at another tab for a moment keeps the stream. */
const HIDDEN_MILLISECONDS_MAX = 5_000
/** What is told within so long of coming back may have been told because nobody knows. */
const BACK_MILLISECONDS = 2_000
const AGAIN_MILLISECONDS = 1_000
const AGAIN_MILLISECONDS_MAX = 30_000
/** Whoever was told no asks again seldom: they listen elsewhere often enough, or may not at all. */
const REFUSED_AGAIN_MILLISECONDS = 60_000

/** `away`: it is tried again. `refused`: the server says no, so that one asks now and then. */
export type StreamState = 'opening' | 'live' | 'away' | 'refused'
type Hearing = {
  /** `isUnsure`: we come back, and these may have changed. `at`: when the last of it had, as the server's moments are written. */
  changed: (topics: readonly Topic[], isUnsure: boolean, at: string) => void
  state: (now: StreamState) => void
}

/**
 * Hears what changes while the page is looked at, and what changed since it was read. A lost connection is noticed by its
 * silence and opened again, each time a little later. Returns how to stop.
 */
export function followStream(address: string, readAt: string, { changed, state }: Hearing): () => void {
  let source: EventSource | null = null
  let since = readAt
  let heardAt = 0
  let openedAt: number | null = null
  let failures = 0
  let later: ReturnType<typeof setTimeout> | undefined
  /** Whoever is still waited for when nobody listens any more must open nothing. */
  let isStopped = false

  function open(): void {
    close()
    if (isStopped || document.visibilityState === 'hidden') return
    heardAt = performance.now()
    const opened = new EventSource(`${address}?${new URLSearchParams({ since })}`)
    source = opened
    opened.addEventListener('open', () => {
      openedAt = openedAt === null ? Number.NEGATIVE_INFINITY : performance.now()
      failures = 0
      state('live')
    })
    opened.addEventListener('here', heard)
    opened.addEventListener('changed', (event) => {
      heard(event)
      const isUnsure = performance.now() - (openedAt ?? 0) < BACK_MILLISECONDS
      changed((JSON.parse(event.data) as { topics: Topic[] }).topics, isUnsure, event.lastEventId)
    })
    opened.addEventListener('error', () => {
      if (opened.readyState === EventSource.CLOSED) void askWhy()
      else state('away')
    })
  }

  function close(): void {
    clearTimeout(later)
    source?.close()
    source = null
  }

  function heard({ lastEventId }: MessageEvent): void {
    heardAt = performance.now()
    since = lastEventId
  }

  /** A stream does not tell why it was not opened. */
  async function askWhy(): Promise<void> {
    close()
    const answer = await fetch(address, { method: 'HEAD' }).catch(() => null)
    if (isStopped) return
    const isRefused = answer !== null && answer.status >= 400 && answer.status < 500
    state(isRefused ? 'refused' : 'away')
    const wait = isRefused
      ? REFUSED_AGAIN_MILLISECONDS
      : Math.min(AGAIN_MILLISECONDS_MAX, AGAIN_MILLISECONDS * 2 ** failures++)
    clearTimeout(later)
    later = setTimeout(open, wait * (0.75 + Math.random() / 2))
  }

  function look(): void {
    if (source && performance.now() - heardAt > QUIET_MILLISECONDS_MAX) {
      state('away')
      open()
    }
  }

  function lookedAt(): void {
    clearTimeout(later)
    if (document.visibilityState === 'hidden') later = setTimeout(close, HIDDEN_MILLISECONDS_MAX)
    else if (!source) open()
  }

  const looking = setInterval(look, LOOK_MILLISECONDS)
  document.addEventListener('visibilitychange', lookedAt)
  window.addEventListener('online', open)
  state('opening')
  open()
  return () => {
    isStopped = true
    close()
    clearInterval(looking)
    document.removeEventListener('visibilitychange', lookedAt)
    window.removeEventListener('online', open)
  }
}

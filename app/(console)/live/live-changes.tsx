'use client'

import { useQueryClient } from '@tanstack/react-query'
import { usePathname, useRouter } from 'next/navigation'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { type Answer, asksAnew } from '#components/forms/use-act'
import { LiveLine } from '#components/shell/live-line'
import type { Topic } from '#lib/domain/audit/topics'
import { followStream, type StreamState } from './change-stream.ts'
import { shownAt } from './shown-topics.ts'
import { type Waiting, waitingAfter, waitingWith } from './what-waits.ts'
import { watchHands } from './why-held.ts'

/** How soon a page is drawn anew after it was. */
const APART_MILLISECONDS = 1_000
const LOOK_MILLISECONDS = 200
/** How often one asks who is told nothing. */
const ASK_MILLISECONDS = 30_000
/** While the page is read anew nobody knows whether it is told of anything that will not show by then. */
const READING_MILLISECONDS_MAX = 5_000
/** A connection that is back before anybody missed it is not worth a word. */
const MISSED_MILLISECONDS = 3_000

type Props = {
  organizationId: string
  /** When the page was read, by the server's clock. */
  readAt: string
}

/**
 * Keeps an open page in step with what happens elsewhere: it is asked for anew as soon as something it shows has changed, but
 * never under somebody's hands. While they point at a list, or have a dialog open or edits unsaved, what is new waits; where they
 * would not know, a line says so.
 */
export function LiveChanges({ organizationId, readAt }: Props) {
  const router = useRouter()
  const pathname = usePathname()
  const queries = useQueryClient()
  /** As it was first: the stream knows by itself what it told since. */
  const readAtOnce = useRef(readAt)
  const waiting = useRef<Waiting | null>(null)
  /** Since when the page is being read anew. */
  const readingSince = useRef(Number.NEGATIVE_INFINITY)
  const shownLast = useRef(Number.NEGATIVE_INFINITY)
  /** Changed elsewhere, so that a page one goes back to is not what it was. */
  const isBehind = useRef(false)
  const [isNewHeld, setNewHeld] = useState(false)
  const [state, setState] = useState<StreamState>('opening')
  const [isMissed, setMissed] = useState(false)

  const show = () => {
    waiting.current = null
    isBehind.current = false
    shownLast.current = performance.now()
    readingSince.current = shownLast.current
    setNewHeld(false)
    router.refresh()
  }
  const showByItself = useEffectEvent(show)

  const changed = useEffectEvent((topics: readonly Topic[], isUnsure: boolean, at = readAt) => {
    if (topics.includes('audit')) void queries.invalidateQueries({ queryKey: ['newer-events'] })
    const shown = shownAt(pathname)
    const isShown = shown.topics.some((topic) => topics.includes(topic))
    isBehind.current = true
    if (shown.isStill) return
    // The number of waiting requests stands beside every page.
    if (!isShown && !topics.includes('allowlist')) return
    const more: Waiting = { how: isShown && !isUnsure ? 'told' : 'quiet', at }
    waiting.current = waitingAfter(waitingWith(waiting.current, more), readAt)
  })

  useEffect(() => {
    const hands = watchHands()
    const look = () => {
      if (!waiting.current || document.visibilityState === 'hidden') return
      const why = hands.whyHeld()
      if (why === null) {
        if (performance.now() - shownLast.current > APART_MILLISECONDS) showByItself()
      } else setNewHeld(waiting.current.how === 'told' && why !== 'acting' && !isReading())
    }
    const isReading = () => performance.now() - readingSince.current < READING_MILLISECONDS_MAX
    const address = `/api/v1/organizations/${organizationId}/changes`
    const stop = followStream(address, readAtOnce.current, {
      changed: (topics, isUnsure, at) => {
        changed(topics, isUnsure, at)
        look()
      },
      state: setState,
    })
    const looking = setInterval(look, LOOK_MILLISECONDS)
    return () => {
      stop()
      clearInterval(looking)
      hands.stop()
    }
  }, [organizationId])

  // Whoever is told nothing asks.
  useEffect(() => {
    if (state === 'live') return
    const asking = setInterval(() => changed(shownAt(pathname).topics, true), ASK_MILLISECONDS)
    return () => clearInterval(asking)
  }, [state, pathname])

  useEffect(() => {
    setMissed(false)
    if (state !== 'away') return
    const missing = setTimeout(() => setMissed(true), MISSED_MILLISECONDS)
    return () => clearTimeout(missing)
  }, [state])

  // An act of one's own asks for the page anew by itself, and is told here like anybody's: what the page was read after needs no word.
  // One that was refused asks for nothing, and takes nothing away.
  useEffect(
    () =>
      queries.getMutationCache().subscribe(({ type, mutation }) => {
        if (type !== 'updated' || mutation.state.status !== 'success') return
        if (asksAnew(mutation.state.data as Answer<unknown>)) readingSince.current = performance.now()
      }),
    [queries],
  )
  useEffect(() => {
    readingSince.current = Number.NEGATIVE_INFINITY
    waiting.current = waitingAfter(waiting.current, readAt)
    if (waiting.current?.how !== 'told') setNewHeld(false)
  }, [readAt])

  // Another page is asked for anew, but for one that is gone back to.
  const wentBack = useEffectEvent(() => {
    if (isBehind.current) waiting.current ??= { how: 'quiet', at: readAt }
  })
  useEffect(() => {
    const going = () => wentBack()
    window.addEventListener('popstate', going)
    return () => window.removeEventListener('popstate', going)
  }, [])

  return <LiveLine says={isNewHeld ? 'new' : isMissed ? 'away' : null} onShow={show} />
}

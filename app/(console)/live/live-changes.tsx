'use client'

import { useQueryClient } from '@tanstack/react-query'
import { usePathname, useRouter } from 'next/navigation'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { LiveLine } from '#components/shell/live-line'
import type { Topic } from '#lib/domain/audit/topics'
import { followStream, type StreamState } from './change-stream.ts'
import { shownAt } from './shown-topics.ts'
import { watchHands } from './why-held.ts'

/** How soon a page is drawn anew after it was. */
const APART_MILLISECONDS = 1_000
const LOOK_MILLISECONDS = 200
/** How often one asks who is told nothing. */
const ASK_MILLISECONDS = 30_000
/** A connection that is back before anybody missed it is not worth a word. */
const MISSED_MILLISECONDS = 3_000

type Props = {
  organizationId: string
  /** When the page was read. */
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
  /** What waits: something they look at, or something beside it that needs no word. */
  const waiting = useRef<'told' | 'quiet' | null>(null)
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
    setNewHeld(false)
    router.refresh()
  }
  const showByItself = useEffectEvent(show)

  const changed = useEffectEvent((topics: readonly Topic[], isUnsure: boolean) => {
    if (topics.includes('audit')) void queries.invalidateQueries({ queryKey: ['newer-events'] })
    const shown = shownAt(pathname)
    const isShown = shown.topics.some((topic) => topics.includes(topic))
    isBehind.current = true
    if (shown.isStill) return
    if (isShown && !isUnsure) waiting.current = 'told'
    // The number of waiting requests stands beside every page.
    else if (isShown || topics.includes('allowlist')) waiting.current ??= 'quiet'
  })

  useEffect(() => {
    const hands = watchHands()
    const look = () => {
      if (!waiting.current || document.visibilityState === 'hidden') return
      const why = hands.whyHeld()
      if (why === null) {
        if (performance.now() - shownLast.current > APART_MILLISECONDS) showByItself()
      } else setNewHeld(waiting.current === 'told' && why !== 'acting')
    }
    const address = `/api/v1/organizations/${organizationId}/changes`
    const stop = followStream(address, readAtOnce.current, {
      changed: (topics, isUnsure) => {
        changed(topics, isUnsure)
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

  // An act of one's own asks for the page anew by itself, after all that was told before it was done.
  useEffect(
    () =>
      queries.getMutationCache().subscribe(({ type, mutation }) => {
        if (type !== 'updated' || mutation.state.status !== 'success') return
        waiting.current = null
        setNewHeld(false)
      }),
    [queries],
  )

  // Another page is asked for anew, but for one that is gone back to.
  useEffect(() => {
    const wentBack = () => {
      if (isBehind.current) waiting.current ??= 'quiet'
    }
    window.addEventListener('popstate', wentBack)
    return () => window.removeEventListener('popstate', wentBack)
  }, [])

  return <LiveLine says={isNewHeld ? 'new' : isMissed ? 'away' : null} onShow={show} />
}

'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import { onDemand, useOnDemand } from '../ui/on-demand.ts'
import { words } from '../ui/words.ts'

const confirmDialog = onDemand(() => import('../ui/confirm-dialog.tsx').then((file) => file.ConfirmDialog))

/** While `active`, asks before the person leaves: by a link, by Back where the browser lets us, by closing the tab. */
export function LeaveGuard({ active }: { active: boolean }) {
  const router = useRouter()
  const [wanted, setWanted] = useState<(() => void) | null>(null)
  const isLeaving = useRef(false)
  const ConfirmDialog = useOnDemand(confirmDialog)

  useEffect(() => {
    if (!active) return
    isLeaving.current = false
    confirmDialog.preload()
    const stops = [
      stopUnload(() => isLeaving.current),
      stopLinks((href) => setWanted(() => () => router.push(href))),
      stopTraversal(
        () => isLeaving.current,
        (go) => setWanted(() => go),
      ),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }, [active, router])

  // Seen by what would draw the page anew under somebody's edits.
  if (!wanted || !ConfirmDialog) return active ? <span hidden data-unsaved /> : null
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && setWanted(null)}
      title={words.discardTitle}
      confirm={words.discard}
      cancel={words.stay}
      danger
      onConfirm={() => {
        isLeaving.current = true
        setWanted(null)
        wanted()
      }}
    >
      {words.discardBody}
    </ConfirmDialog>
  )
}

function stopUnload(mayLeave: () => boolean): () => void {
  const ask = (event: BeforeUnloadEvent) => {
    if (!mayLeave()) event.preventDefault()
  }
  window.addEventListener('beforeunload', ask)
  return () => window.removeEventListener('beforeunload', ask)
}

/** Capture, so that it comes before the router's own handling of the click. */
function stopLinks(ask: (href: string) => void): () => void {
  const onClick = (event: MouseEvent) => {
    if (
      event.defaultPrevented ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey
    )
      return
    const link = (event.target as Element).closest?.('a[href]') as HTMLAnchorElement | null
    if (!link || link.target === '_blank' || link.hasAttribute('download') || link.origin !== location.origin)
      return
    if (link.pathname === location.pathname && link.search === location.search) return
    event.preventDefault()
    event.stopPropagation()
    ask(link.pathname + link.search + link.hash)
  }
  document.addEventListener('click', onClick, { capture: true })
  return () => document.removeEventListener('click', onClick, { capture: true })
}

type Traversal = Event & { navigationType: string; destination: { key: string } }
type Navigation = EventTarget & { traverseTo: (key: string) => void }

/** Back and Forward, where the browser has the Navigation API. */
function stopTraversal(mayLeave: () => boolean, ask: (go: () => void) => void): () => void {
  const navigation = (window as unknown as { navigation?: Navigation }).navigation
  if (!navigation) return () => {}
  const onNavigate = (event: Event) => {
    const { navigationType, destination, cancelable } = event as Traversal
    if (navigationType !== 'traverse' || !cancelable || mayLeave()) return
    event.preventDefault()
    ask(() => navigation.traverseTo(destination.key))
  }
  navigation.addEventListener('navigate', onNavigate)
  return () => navigation.removeEventListener('navigate', onNavigate)
}

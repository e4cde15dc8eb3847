'use client'

import { lazy, Suspense, useSyncExternalStore } from 'react'

const ToastList = lazy(() => import('./toast-list.tsx').then((file) => ({ default: file.ToastList })))

type ToastOptions = {
  /** A second line. */
  detail?: string
  /** Takes the act back; shown as a button. */
  undo?: () => void
  /** `failed` stays until dismissed and is read at once. */
  kind?: 'done' | 'failed'
}

export type ToastWish = ToastOptions & { sentence: string }

const waiting: ToastWish[] = []
const listeners = new Set<() => void>()
let wasWished = false
let showNow: ((wish: ToastWish) => void) | null = null

/** Says what has just happened, at the foot of the page. Needs a `Toaster` on the page (the console shell has one). */
export function toast(sentence: string, options: ToastOptions = {}): void {
  const wish = { ...options, sentence }
  if (showNow) {
    showNow(wish)
    return
  }
  waiting.push(wish)
  wasWished = true
  for (const changed of listeners) changed()
}

/** Where toasts appear. Once a page; what draws them is loaded with the first. F6 goes there. */
export function Toaster() {
  const isWished = useSyncExternalStore(
    (changed) => {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
    () => wasWished,
    () => false,
  )
  if (!isWished) return null
  return (
    <Suspense>
      <ToastList take={take} />
    </Suspense>
  )
}

function take(show: (wish: ToastWish) => void): () => void {
  showNow = show
  for (const wish of waiting.splice(0)) show(wish)
  return () => {
    showNow = null
  }
}

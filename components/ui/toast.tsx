'use client'

import { onDemand, useOnDemand } from './on-demand.ts'

const toastList = onDemand(() => import('./toast-list.tsx').then((file) => file.ToastList))

type ToastOptions = {
  /** What it is about: a newer toast about the same takes its place, and with it what could be taken back. */
  about?: string
  /** A second line. */
  detail?: string
  /** Takes the act back; shown as a button. */
  undo?: () => void
  /** `failed` stays until dismissed and is read at once. */
  kind?: 'done' | 'failed'
}

export type ToastWish = ToastOptions & { sentence: string }

const waiting: ToastWish[] = []
let showNow: ((wish: ToastWish) => void) | null = null

/** Says what has just happened, at the foot of the page. Needs a `Toaster` on the page (the console shell has one). */
export function toast(sentence: string, options: ToastOptions = {}): void {
  const wish = { ...options, sentence }
  if (showNow) {
    showNow(wish)
    return
  }
  waiting.push(wish)
  toastList.preload()
}

/** Where toasts appear. Once a page; what draws them is loaded with the first. F6 goes there. */
export function Toaster() {
  const ToastList = useOnDemand(toastList)
  return ToastList && <ToastList take={take} />
}

function take(show: (wish: ToastWish) => void): () => void {
  showNow = show
  for (const wish of waiting.splice(0)) show(wish)
  return () => {
    showNow = null
  }
}

'use client'

import { type ComponentType, useSyncExternalStore } from 'react'

/**
 * A component fetched when it is wanted: `preload` when somebody comes near, `useComponent` gives it once it is here, and null
 * until then. Unlike `lazy`, what is here already is drawn at once (Suspense holds back for 300 ms), and a failed fetch
 * (offline) may be tried again.
 */
export function onDemand<Props>(load: () => Promise<ComponentType<Props>>) {
  let loaded: ComponentType<Props> | null = null
  let loading: Promise<void> | null = null
  const listeners = new Set<() => void>()

  function preload(): void {
    if (loading) return
    loading = load().then(
      (component) => {
        loaded = component
        for (const changed of listeners) changed()
      },
      () => {
        loading = null
      },
    )
  }

  function subscribe(changed: () => void): () => void {
    listeners.add(changed)
    return () => listeners.delete(changed)
  }

  const useComponent = () =>
    useSyncExternalStore(
      subscribe,
      () => loaded,
      () => null,
    )
  return { preload, useComponent }
}

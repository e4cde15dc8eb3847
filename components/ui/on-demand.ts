'use client'

import { type ComponentType, useSyncExternalStore } from 'react'

type OnDemand<Props> = {
  /** Fetches it, once; a failed fetch (offline) may be tried again. */
  preload: () => void
  subscribe: (changed: () => void) => () => void
  current: () => ComponentType<Props> | null
}

/** A component fetched when it is wanted: call `preload` when somebody comes near. */
export function onDemand<Props>(load: () => Promise<ComponentType<Props>>): OnDemand<Props> {
  let loaded: ComponentType<Props> | null = null
  let isLoading = false
  const listeners = new Set<() => void>()

  async function preload() {
    if (loaded || isLoading) return
    isLoading = true
    loaded = await load().catch(() => null)
    isLoading = false
    for (const changed of listeners) changed()
  }

  return {
    preload,
    subscribe(changed) {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
    current: () => loaded,
  }
}

/** The component once it is here, null until then. Unlike Suspense, which holds back for 300 ms, it is drawn at once. */
export function useOnDemand<Props>({ subscribe, current }: OnDemand<Props>): ComponentType<Props> | null {
  return useSyncExternalStore(subscribe, current, () => null)
}

'use client'

import { useSyncExternalStore } from 'react'
import { rememberInCookie } from '../ui/cookie.ts'
import { type Theme, themeFrom } from './preferences.ts'

const listeners = new Set<() => void>()

/** The theme in force, and how to change it: at once, and remembered in this browser. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  const theme = useSyncExternalStore(
    (changed) => {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
    () => themeFrom(document.documentElement.dataset.theme),
    () => 'system' as Theme,
  )
  return [theme, setTheme]
}

function setTheme(theme: Theme) {
  document.documentElement.dataset.theme = theme
  rememberInCookie('theme', theme)
  for (const listener of listeners) listener()
}

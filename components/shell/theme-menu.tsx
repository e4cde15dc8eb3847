'use client'

import { Sun } from 'lucide-react'
import { THEMES, themeFrom } from './preferences.ts'
import { useTheme } from './use-theme.ts'
import { shellWords } from './words.ts'

/** Light, dark, or as the system. A plain select under an icon: people-facing pages stay small. */
export function ThemeMenu() {
  const [theme, setTheme] = useTheme()
  return (
    <label className="relative inline-flex size-8 items-center justify-center rounded-control text-muted hover:bg-subtle hover:text-ink has-focus-visible:outline-2 has-focus-visible:outline-accent-ink max-sm:size-11">
      <span className="sr-only">{shellWords.theme}</span>
      <Sun aria-hidden />
      <select
        value={theme}
        onChange={(event) => setTheme(themeFrom(event.target.value))}
        title={shellWords.theme}
        className="absolute inset-0 cursor-pointer appearance-none bg-surface text-ink opacity-0"
      >
        {THEMES.map((value) => (
          <option key={value} value={value}>
            {shellWords.themes[value]}
          </option>
        ))}
      </select>
    </label>
  )
}

'use client'

import { Monitor, Moon, Sun } from 'lucide-react'
import { ChoiceMenu } from '#components/ui/choice-menu'
import { IconButton } from '#components/ui/icon-button'
import { THEMES, themeFrom } from './preferences.ts'
import { useTheme } from './use-theme.ts'
import { shellWords } from './words.ts'

/** Light, dark, or as the system. */
export function ThemeMenu() {
  const [theme, setTheme] = useTheme()
  return (
    <ChoiceMenu
      label={shellWords.theme}
      align="end"
      value={theme}
      onChange={(value) => setTheme(themeFrom(value))}
      options={THEMES.map((value) => ({ value, label: shellWords.themes[value], icon: ICON[value] }))}
      trigger={
        <IconButton
          label={shellWords.theme}
          icon={<Sun aria-hidden />}
          tooltip={false}
          className="text-muted"
        />
      }
    />
  )
}

const ICON = {
  system: <Monitor aria-hidden />,
  light: <Sun aria-hidden />,
  dark: <Moon aria-hidden />,
} as const

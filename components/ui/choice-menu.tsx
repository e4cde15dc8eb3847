'use client'

import type { ReactElement, ReactNode } from 'react'
import { onDemand, useOnDemand } from './on-demand.ts'
import { useIntent } from './use-intent.ts'

const choiceMenuOpen = onDemand(() => import('./choice-menu-open.tsx').then((file) => file.ChoiceMenuOpen))

export type ChoiceOption = { value: string; label: string; icon?: ReactNode; hint?: ReactNode }

export type ChoiceMenuProps = {
  label: string
  trigger: ReactElement
  options: ChoiceOption[]
  align?: 'start' | 'end'
} & (
  | { multiple?: false; value: string; onChange: (value: string) => void }
  | { multiple: true; value: string[]; onChange: (value: string[]) => void }
)

/** A menu to choose one (end date) or several (a filter) of a few things. Fetched when somebody comes near. */
export function ChoiceMenu(props: ChoiceMenuProps) {
  const { openedBy, waiting } = useIntent(props.trigger, choiceMenuOpen.preload)
  const ChoiceMenuOpen = useOnDemand(choiceMenuOpen)
  if (!openedBy || !ChoiceMenuOpen) return waiting
  return <ChoiceMenuOpen {...props} openedBy={openedBy} />
}

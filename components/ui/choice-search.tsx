'use client'

import type { ReactElement } from 'react'
import { onDemand, useOnDemand } from './on-demand.ts'
import { useIntent } from './use-intent.ts'

const choiceSearchOpen = onDemand(() =>
  import('./choice-search-open.tsx').then((file) => file.ChoiceSearchOpen),
)

/** The hint is searched too, and says of two with one name which is which. */
export type SearchedOption = { value: string; label: string; hint?: string }

export type ChoiceSearchProps = {
  label: string
  trigger: ReactElement
  options: readonly SearchedOption[]
  value: readonly string[]
  onChange: (value: string[]) => void
  placeholder: string
  align?: 'start' | 'end'
}

/** A menu to choose several of many, found by typing. Fetched when somebody comes near. */
export function ChoiceSearch(props: ChoiceSearchProps) {
  const { openedBy, waiting } = useIntent(props.trigger, choiceSearchOpen.preload, 'dialog')
  const ChoiceSearchOpen = useOnDemand(choiceSearchOpen)
  if (!openedBy || !ChoiceSearchOpen) return waiting
  return <ChoiceSearchOpen {...props} openedBy={openedBy} />
}

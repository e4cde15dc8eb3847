'use client'

import { useState } from 'react'

type Edits<T> = {
  edits: Partial<T>
  /** What is saved is on its way here, since a save over this version. */
  savedFrom: number | null
}

/**
 * What is typed over what is saved. Only touched fields are kept apart, so when somebody else saves meanwhile the page
 * shows their values and keeps what was typed here. Edits go once a newer version than the one saved from arrives.
 */
export function useEdits<T extends object>(saved: T, version: number) {
  const [{ edits, savedFrom }, setState] = useState<Edits<T>>({ edits: {}, savedFrom: null })
  const isSettled = savedFrom !== null && version > savedFrom
  if (isSettled) setState({ edits: {}, savedFrom: null })
  const own = isSettled ? {} : edits
  const values: T = { ...saved, ...own }
  const changed = (Object.keys(own) as Array<keyof T>).filter((key) => !isSame(values[key], saved[key]))
  return {
    values,
    changed,
    isDirty: changed.length > 0,
    /** Saved, and the page does not show it yet. */
    isSettling: savedFrom !== null && !isSettled,
    set: <K extends keyof T>(key: K, value: T[K]) =>
      setState((state) => ({ edits: { ...state.edits, [key]: value }, savedFrom: null })),
    /** To be told once a save is done, with the version it made: what was typed is now what is saved. */
    settle: (made: number) =>
      setState((state) =>
        made > version ? { ...state, savedFrom: version } : { edits: {}, savedFrom: null },
      ),
    /** Takes back what was typed in one field: it shows what is saved. */
    drop: (key: keyof T) =>
      setState((state) => {
        const { [key]: _, ...others } = state.edits
        return { ...state, edits: others as Partial<T> }
      }),
    cancel: () => setState({ edits: {}, savedFrom: null }),
  }
}

function isSame(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other)
}

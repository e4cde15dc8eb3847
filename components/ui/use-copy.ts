'use client'

import { useEffect, useRef, useState } from 'react'

/** Copies text and says for two seconds how it went. */
export function useCopy(): { outcome: 'idle' | 'copied' | 'failed'; copy: (text: string) => Promise<void> } {
  const [outcome, setOutcome] = useState<'idle' | 'copied' | 'failed'>('idle')
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  async function copy(text: string) {
    clearTimeout(timer.current)
    try {
      await navigator.clipboard.writeText(text)
      setOutcome('copied')
    } catch {
      setOutcome('failed')
    }
    timer.current = setTimeout(() => setOutcome('idle'), 2000)
  }
  return { outcome, copy }
}

'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState, useTransition } from 'react'
import { SearchField } from '#components/ui/search-field'

type Props = {
  label: string
  placeholder: string
  /** The page, and what else stands in its URL and stays. */
  path: string
  kept?: Readonly<Record<string, string | undefined>>
  /** What is searched for now, as the URL says it under `name`. */
  value: string
  name?: string
  className?: string
}

const TYPING_MILLISECONDS = 250

/** Searches while one types. The words stand in the URL; without script it is a plain form. */
export function ListSearch({ label, placeholder, path, kept = {}, value, name = 'q', className }: Props) {
  const router = useRouter()
  const [isSearching, startTransition] = useTransition()
  const [typed, setTyped] = useState(value)
  const [seen, setSeen] = useState(value)
  const [sent, setSent] = useState(value)
  if (seen !== value) {
    setSeen(value)
    // Somebody followed a link that searches for something else; an answer to what was typed here is no news.
    if (value !== sent) setTyped(value)
  }
  const wanted = typed.trim()
  const go = (words: string) => {
    setSent(words)
    const search = new URLSearchParams()
    for (const [key, one] of Object.entries({ ...kept, [name]: words })) if (one) search.set(key, one)
    startTransition(() => router.replace(search.size > 0 ? `${path}?${search}` : path, { scroll: false }))
  }
  const latest = useRef(go)
  latest.current = go
  useEffect(() => {
    if (wanted === value) return
    const timer = setTimeout(() => latest.current(wanted), TYPING_MILLISECONDS)
    return () => clearTimeout(timer)
  }, [wanted, value])
  return (
    <form
      action={path}
      className={className}
      aria-busy={isSearching}
      onSubmit={(event) => {
        event.preventDefault()
        go(wanted)
      }}
    >
      <SearchField
        label={label}
        name={name}
        placeholder={placeholder}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      {Object.entries(kept).map(
        ([key, one]) => one && <input key={key} type="hidden" name={key} value={one} />,
      )}
    </form>
  )
}

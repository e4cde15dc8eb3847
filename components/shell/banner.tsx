import type { ReactNode } from 'react'

/** A line above everything, for what is true of the whole deployment: that this is demo data. */
export function Banner({ children }: { children: ReactNode }) {
  return (
    <p className="border-b border-warn-line bg-warn-wash px-4 py-1.5 text-meta text-ink-2 sm:px-8">
      {children}
    </p>
  )
}

'use client'

import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { ButtonLink } from '#components/ui/button'
import { Notice } from '#components/ui/notice'
import type { Refused } from './use-act.tsx'

/**
 * What a refusal says, read at once. Fields say theirs beneath themselves, and the first of them takes the focus; what one of
 * them says already is not said twice. Whoever was overtaken by another save reads that nothing typed is lost.
 */
export function RefusalNotice({ refusal, acts }: { refusal: Refused | null; acts?: ReactNode }) {
  const box = useRef<HTMLDivElement>(null)
  const [isSaidBelow, setIsSaidBelow] = useState(false)
  useLayoutEffect(() => {
    const said = box.current?.closest('form')?.querySelectorAll('[id$="-error"]') ?? []
    setIsSaidBelow([...said].some((error) => error.textContent === refusal?.sentence))
  }, [refusal])
  useEffect(() => {
    if (!refusal) return
    const field = box.current?.closest('form')?.querySelector<HTMLElement>('[aria-invalid="true"]')
    if (field) field.focus()
    else box.current?.scrollIntoView({ block: 'nearest' })
  }, [refusal])
  if (!refusal) return null
  return (
    <div ref={box} hidden={isSaidBelow} className="scroll-mt-20">
      <Notice tone={refusal.code === 'conflict' ? 'warn' : 'bad'} isAlert acts={acts ?? actFor(refusal)}>
        <span className="font-medium text-ink">{refusal.sentence}</span>
        {refusal.isOvertaken && ' What you typed is kept; all else shows what is saved now.'}
      </Notice>
    </div>
  )
}

/** Somebody signed out in another tab: signing in beside this page keeps what was typed. */
function actFor({ code }: Refused): ReactNode {
  if (code !== 'unauthenticated') return undefined
  return (
    <ButtonLink href="/sign-in" target="_blank" size="small">
      Sign in
    </ButtonLink>
  )
}

'use client'

import { CircleCheck, Clock } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Notice } from '#components/ui/notice'
import { usePlace } from '#components/ui/time-zone'
import { timeText } from './jwts-until-text.tsx'

/**
 * Until when JWT access tokens that were out may be accepted, counting down; afterwards, that it is over. Only where there
 * were any: a receipt keeps it. A moment that came over the API is text.
 */
export function JwtsCountdown({ at }: { at: Date | string | null }) {
  const { timeZone, locale } = usePlace()
  const until = at === null ? null : new Date(at).getTime()
  const [now, setNow] = useState(() => Date.now())
  const isOver = until !== null && now >= until
  useEffect(() => {
    if (until === null || isOver) return
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [until, isOver])
  if (until === null) return null
  const time = timeText(until, locale, timeZone)
  if (isOver)
    return (
      <Notice tone="ok" icon={<CircleCheck aria-hidden />}>
        Over since {time}: JWT access tokens that were out are accepted nowhere any more.
      </Notice>
    )
  return (
    <Notice icon={<Clock aria-hidden />}>
      <span className="font-medium text-ink">JWT access tokens may be accepted until {time}</span>
      <span role="timer" suppressHydrationWarning>
        {' '}
        ({leftText(until - now)} more).
      </span>{' '}
      An API that does not ask about each token cannot know before. The next refresh fails.
    </Notice>
  )
}

/** `4:09` minutes. */
function leftText(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1_000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

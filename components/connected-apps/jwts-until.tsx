'use client'

import { Clock } from 'lucide-react'
import { Notice } from '#components/ui/notice'
import { usePlace } from '#components/ui/time-zone'
import { jwtsUntilText } from './jwts-until-text.tsx'

/**
 * Until when JWT access tokens that are out may be accepted: nothing ends one early. Only where there are any. A moment
 * that came over the API is text.
 */
export function JwtsUntil({ at }: { at: Date | string | null }) {
  const { timeZone, locale } = usePlace()
  const text = jwtsUntilText(at, locale, timeZone)
  if (!text) return null
  return (
    <Notice icon={<Clock aria-hidden />}>
      <span className="font-medium text-ink">{text}</span> An API that does not ask about each token cannot
      know before. The next refresh fails.
    </Notice>
  )
}

'use client'

import { createContext, type ReactNode, useContext, useEffect } from 'react'
import { rememberInCookie } from './cookie.ts'

type Place = { timeZone: string; locale: string }

const PlaceContext = createContext<Place>({ timeZone: 'UTC', locale: 'en-GB' })

/** How this person writes moments and numbers. */
export const usePlace = (): Place => useContext(PlaceContext)

/** Gives the page the person's time zone and locale, and remembers the zone so that the server draws it right next time. */
export function PlaceProvider({ timeZone, locale, children }: Place & { children: ReactNode }) {
  useEffect(() => {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone
    if (own && own !== timeZone) rememberInCookie('time-zone', own)
  }, [timeZone])
  return <PlaceContext value={{ timeZone, locale }}>{children}</PlaceContext>
}

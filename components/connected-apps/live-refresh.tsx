'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

const EVERY_MILLISECONDS = 30_000

/**
 * Asks for the list anew when the person comes back to it, and now and then while they look at it. Not while they are
 * about to press something: a row never jumps under the pointer.
 */
export function LiveRefresh() {
  const router = useRouter()
  useEffect(() => {
    let movedAt = 0
    const isBusy = () =>
      Date.now() - movedAt < 5_000 ||
      document.querySelector('[role="menu"],[role="dialog"],[role="alertdialog"]')
    const moved = () => {
      movedAt = Date.now()
    }
    const refresh = () => {
      if (document.visibilityState === 'visible' && navigator.onLine && !isBusy()) router.refresh()
    }
    const timer = setInterval(refresh, EVERY_MILLISECONDS)
    window.addEventListener('focus', refresh)
    window.addEventListener('pointermove', moved, { passive: true })
    return () => {
      clearInterval(timer)
      window.removeEventListener('focus', refresh)
      window.removeEventListener('pointermove', moved)
    }
  }, [router])
  return null
}

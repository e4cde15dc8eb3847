'use client'

import { useEffect, useRef, useState } from 'react'
import { Button, type ButtonProps } from '#components/ui/button'

/**
 * The button that sends a plain form. Works before script has loaded; once it has, a first press shows that the act has
 * begun and a second does nothing.
 */
export function PlainSubmit(props: ButtonProps) {
  const button = useRef<HTMLButtonElement>(null)
  const [pending, setPending] = useState(false)
  useEffect(() => {
    const form = button.current?.form
    const begun = (event: SubmitEvent) => {
      if (event.submitter === button.current) setPending(true)
    }
    // Coming back by the browser's history shows the page as it was left.
    const back = () => setPending(false)
    form?.addEventListener('submit', begun)
    window.addEventListener('pageshow', back)
    return () => {
      form?.removeEventListener('submit', begun)
      window.removeEventListener('pageshow', back)
    }
  }, [])
  return <Button {...props} ref={button} type="submit" pending={pending} />
}

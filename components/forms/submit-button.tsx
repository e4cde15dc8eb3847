'use client'

import { useFormStatus } from 'react-dom'
import { Button, type ButtonProps } from '#components/ui/button'

/** Submits the form around it and shows at once that it has begun. Works before script has loaded. */
export function SubmitButton({ pending, ...rest }: ButtonProps) {
  const status = useFormStatus()
  return <Button {...rest} type="submit" pending={pending || status.pending} />
}

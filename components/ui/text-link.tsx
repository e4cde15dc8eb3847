import Link from 'next/link'
import type { ComponentProps } from 'react'
import { classNames } from './class-names.ts'

/** A link in running text or at the end of a line. `underlined` where colour alone would have to tell it apart. */
export function TextLink({
  underlined,
  className,
  ...rest
}: ComponentProps<typeof Link> & { underlined?: boolean }) {
  return (
    <Link
      {...rest}
      className={classNames(
        'rounded-small font-medium text-accent-ink hover:underline',
        underlined ? 'underline underline-offset-2' : 'no-underline',
        className,
      )}
    />
  )
}

import { LoaderCircle } from 'lucide-react'
import Link from 'next/link'
import type { ComponentProps, ReactNode } from 'react'
import { type ButtonLook, buttonClass } from './button-class.ts'

type Common = ButtonLook & {
  /** Shown before the words; 14 px. */
  icon?: ReactNode
  /** Shown after the words, e.g. a chevron. */
  iconAfter?: ReactNode
}

export type ButtonProps = Common &
  ComponentProps<'button'> & {
    /** The act has begun: shows so and takes no second press. */ pending?: boolean
  }

/** A button that says its act. Type is `button` unless told otherwise. One primary a page, one solid a dialog. */
export function Button({
  variant,
  size,
  wide,
  icon,
  iconAfter,
  pending,
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      onClick={pending ? (event) => event.preventDefault() : onClick}
      aria-disabled={pending || rest['aria-disabled']}
      aria-busy={pending || undefined}
      data-solid={variant === 'primary' || variant === 'danger-solid' || undefined}
      className={buttonClass({ variant, size, wide }, className)}
    >
      {pending ? <LoaderCircle className="animate-spin" aria-hidden /> : icon}
      {children}
      {iconAfter}
    </button>
  )
}

type LinkProps = Common &
  ComponentProps<typeof Link> & {
    /** Loads the page whole: where it says by a header of its own what it may do, the page before must not stay around it. */
    isWhole?: boolean
  }

/** A link that looks like a button: it goes somewhere and changes nothing. */
export function ButtonLink({
  variant,
  size,
  wide,
  icon,
  iconAfter,
  isWhole,
  className,
  children,
  ...rest
}: LinkProps) {
  const look = {
    'data-solid': variant === 'primary' || variant === 'danger-solid' || undefined,
    className: buttonClass({ variant, size, wide }, className),
  }
  const within = (
    <>
      {icon}
      {children}
      {iconAfter}
    </>
  )
  if (isWhole)
    return (
      <a href={String(rest.href)} {...look}>
        {within}
      </a>
    )
  return (
    <Link {...rest} {...look}>
      {within}
    </Link>
  )
}

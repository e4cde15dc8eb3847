'use client'

import Link from 'next/link'
import type { ComponentProps, ReactNode } from 'react'
import { iconButtonClass } from './button-class.ts'
import { Tooltip } from './tooltip.tsx'

type Common = {
  /** What it does, read aloud and shown on hover. */
  label: string
  icon: ReactNode
  /** `boxed` has the edge of a secondary button. */
  boxed?: boolean
  size?: 'small' | 'medium' | 'large'
  /** False where the label would only repeat what stands beside it. */
  tooltip?: boolean
}

/** A button that is only an icon. It carries its own label; the tooltip is for the eye. */
export function IconButton({
  label,
  icon,
  boxed,
  size = 'medium',
  tooltip = true,
  className,
  ...rest
}: Common & Omit<ComponentProps<'button'>, 'children'>) {
  const button = (
    <button type="button" aria-label={label} {...rest} className={iconButtonClass(boxed, size, className)}>
      {icon}
    </button>
  )
  return tooltip ? <Tooltip text={label}>{button}</Tooltip> : button
}

/** The same as a link. */
export function IconLink({
  label,
  icon,
  boxed,
  size = 'medium',
  tooltip = true,
  className,
  ...rest
}: Common & Omit<ComponentProps<typeof Link>, 'children'>) {
  const link = (
    <Link aria-label={label} {...rest} className={iconButtonClass(boxed, size, className)}>
      {icon}
    </Link>
  )
  return tooltip ? <Tooltip text={label}>{link}</Tooltip> : link
}

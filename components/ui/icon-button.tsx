'use client'

import Link from 'next/link'
import type { ComponentProps, ReactNode } from 'react'
import { classNames } from './class-names.ts'
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

function iconButtonClass(
  boxed: boolean | undefined,
  size: 'small' | 'medium' | 'large',
  extra?: string,
): string {
  return classNames(
    'inline-flex shrink-0 items-center justify-center rounded-control text-ink-2 transition-colors duration-100 hover:bg-subtle hover:text-ink disabled:pointer-events-none disabled:opacity-40 data-[popup-open]:bg-subtle',
    boxed && 'border border-line-2 bg-surface',
    { small: 'size-7', medium: 'size-8', large: 'size-11' }[size],
    extra,
  )
}

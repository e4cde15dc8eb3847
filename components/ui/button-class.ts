import { classNames } from './class-names.ts'

export type ButtonLook = {
  /** `danger-quiet` opens a dialog, `danger-solid` is the last button in it. */
  variant?: 'primary' | 'secondary' | 'quiet' | 'danger-quiet' | 'danger-solid'
  /** 28, 32 or 40 px (44 on a phone). */
  size?: 'small' | 'medium' | 'large'
  /** Takes the whole width, as on people-facing cards. */
  wide?: boolean
}

/** The classes of a button's look, for whatever element it is. */
export function buttonClass(
  { variant = 'secondary', size = 'medium', wide }: ButtonLook,
  extra?: string,
): string {
  return classNames(BASE, VARIANT[variant], SIZE[size], wide && 'w-full', extra)
}

/** The classes of a button that is only an icon. */
export function iconButtonClass(
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

const BASE =
  'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-control border font-medium whitespace-nowrap select-none no-underline transition-colors duration-100 disabled:opacity-50 aria-disabled:opacity-60 [&_.lucide]:size-3.5'

const VARIANT = {
  primary: 'border-transparent bg-accent text-on-accent hover:bg-accent-hover',
  secondary: 'border-line-2 bg-surface text-ink hover:bg-hover active:bg-subtle',
  quiet: 'border-transparent bg-transparent text-ink-2 hover:bg-subtle hover:text-ink',
  'danger-quiet': 'border-line-2 bg-surface text-bad hover:bg-bad-bg',
  'danger-solid': 'border-transparent bg-bad-solid text-on-accent hover:bg-bad-hover',
} as const

const SIZE = {
  small: 'h-7 px-2.5 text-body',
  medium: 'h-8 px-3 text-body',
  large: 'h-10 px-4 text-people max-sm:h-11',
} as const

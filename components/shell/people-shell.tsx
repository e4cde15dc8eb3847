import type { ReactNode } from 'react'
import { classNames } from '../ui/class-names.ts'
import { ProductName } from './product-mark.tsx'
import { SkipLink } from './skip-link.tsx'
import { ThemeMenu } from './theme-menu.tsx'

export type PeopleShellProps = {
  /** 420 sign-in, 480 consent, 520 asking, 640 deciding. */
  width?: 'slim' | 'narrow' | 'medium' | 'wide'
  /** Top right, before the theme: who is signed in. */
  aside?: ReactNode
  /** Below a hairline inside the card; on a phone at the thumb. */
  foot?: ReactNode
  /** Below the card: one sentence. */
  below?: ReactNode
  banner?: ReactNode
  /** At the very foot: who runs this, help, privacy. */
  footer?: Array<{ label: string; href?: string }>
  children: ReactNode
}

/** The frame of a page with one question: one card, on a phone none. Works without script. */
export function PeopleShell({
  width = 'narrow',
  aside,
  foot,
  below,
  banner,
  footer,
  children,
}: PeopleShellProps) {
  return (
    <div className="page-root flex flex-col">
      <SkipLink />
      {banner}
      <header className="flex h-14 shrink-0 items-center justify-between gap-4 px-5 sm:px-6">
        <ProductName />
        <div className="-mr-2 flex items-center gap-2">
          {aside}
          <ThemeMenu />
        </div>
      </header>
      <main
        id="main"
        tabIndex={-1}
        className="flex flex-1 flex-col items-center sm:justify-center sm:px-4 sm:py-4"
      >
        <div
          className={classNames(
            'flex w-full flex-1 flex-col sm:flex-none sm:rounded-page sm:border sm:border-line sm:bg-surface',
            WIDTH[width],
          )}
        >
          <div className="flex flex-1 flex-col px-5 pt-4 pb-6 break-words sm:p-7">{children}</div>
          {foot && (
            <div className="border-t border-line px-5 py-4 max-sm:sticky max-sm:bottom-0 max-sm:bg-surface sm:px-7">
              {foot}
            </div>
          )}
        </div>
        {below && <div className="px-5 py-3.5 text-center text-ink-2">{below}</div>}
      </main>
      {footer && footer.length > 0 && <PeopleFooter links={footer} />}
    </div>
  )
}

const WIDTH = {
  slim: 'sm:max-w-[420px]',
  narrow: 'sm:max-w-[480px]',
  medium: 'sm:max-w-[520px]',
  wide: 'sm:max-w-[640px]',
} as const

function PeopleFooter({ links }: { links: NonNullable<PeopleShellProps['footer']> }) {
  return (
    <footer className="flex min-h-12 shrink-0 flex-wrap items-center justify-center gap-x-4 px-5 py-2 text-meta text-muted max-sm:border-t max-sm:border-line">
      {links.map((link) =>
        link.href ? (
          <a
            key={link.label}
            href={link.href}
            className="rounded-small py-1 text-muted no-underline hover:text-ink"
          >
            {link.label}
          </a>
        ) : (
          <span key={link.label}>{link.label}</span>
        ),
      )}
    </footer>
  )
}

/** Buttons of equal width, the way out as large as the way on. */
export function EqualButtons({ children }: { children: ReactNode }) {
  return <div className="grid auto-cols-fr grid-flow-col gap-2">{children}</div>
}

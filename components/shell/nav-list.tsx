'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { CountBadge } from '#components/ui/chip'
import { VisuallyHidden } from '#components/ui/visually-hidden'
import { shellWords } from './words.ts'

export type NavItem = {
  label: string
  href: string
  icon: ReactNode
  /** How many things wait there; what they are is said by `badgeLabel`. */
  badge?: number
  badgeLabel?: string
  /** Other paths that belong to it, besides those below `href`. */
  alsoUnder?: string[]
}
export type NavSection = { label?: string; items: NavItem[] }

/** The navigation: only what the person may see is given, so nothing here is ever greyed out. */
export function NavList({ sections }: { sections: NavSection[] }) {
  const pathname = usePathname()
  return (
    <nav aria-label={shellWords.navigation} className="flex flex-col gap-4">
      {sections.map((section) => (
        <div key={section.label ?? section.items[0]?.href}>
          {section.label && <p className="px-2.5 pt-1 pb-1.5 text-meta text-muted">{section.label}</p>}
          <ul className="flex flex-col gap-0.5">
            {section.items.map((item) => (
              <li key={item.href}>
                <Link
                  href={item.href}
                  aria-current={isUnder(pathname, item) ? 'page' : undefined}
                  className="flex h-8 items-center gap-2.5 rounded-control px-2.5 font-medium text-ink-2 no-underline hover:bg-subtle aria-[current=page]:bg-nav-current aria-[current=page]:text-ink max-lg:h-11"
                >
                  {item.icon}
                  <span className="min-w-0 flex-1 truncate">{item.label}</span>
                  <Badge item={item} />
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  )
}

/** The same few places at the thumb, on a phone. */
export function PhoneTabs({ items }: { items: NavItem[] }) {
  const pathname = usePathname()
  return (
    <nav
      aria-label={shellWords.navigation}
      data-shell
      className="fixed inset-x-0 bottom-0 z-10 flex border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] lg:hidden"
    >
      {items.map((item) => (
        <Link
          key={item.href}
          href={item.href}
          aria-current={isUnder(pathname, item) ? 'page' : undefined}
          className="flex h-15 flex-1 flex-col items-center justify-center gap-1 text-fine text-ink-2 no-underline -outline-offset-2 aria-[current=page]:font-semibold aria-[current=page]:text-accent-ink [&_.lucide]:size-5"
        >
          {item.icon}
          {item.label}
        </Link>
      ))}
    </nav>
  )
}

function Badge({ item }: { item: NavItem }) {
  if (!item.badge) return null
  return (
    <>
      <CountBadge count={item.badge} solid />
      {item.badgeLabel && <VisuallyHidden>{item.badgeLabel}</VisuallyHidden>}
    </>
  )
}

function isUnder(pathname: string, item: NavItem): boolean {
  return [item.href, ...(item.alsoUnder ?? [])].some(
    (href) => pathname === href || pathname.startsWith(`${href}/`),
  )
}

import Link from 'next/link'
import { countText } from '#lib/base/bounded-count'
import { CountBadge } from './chip.tsx'
import { classNames } from './class-names.ts'

export type TabLink = {
  label: string
  href: string
  current?: boolean
  count?: number
  /** The count asks to be looked at. */
  isUrgent?: boolean
}

/** Tabs that are places: links on one hairline, counts beside the words. Scrolls sideways on a phone. */
export function TabNav({ label, tabs, className }: { label: string; tabs: TabLink[]; className?: string }) {
  return (
    <nav
      aria-label={label}
      className={classNames(
        'fade-at-ends [scrollbar-width:none] -mt-1.5 flex gap-5 overflow-x-auto overflow-y-hidden shadow-[inset_0_-1px_0_var(--line)]',
        className,
      )}
    >
      {tabs.map((tab) => (
        <Link
          key={tab.href}
          href={tab.href}
          aria-current={tab.current ? 'page' : undefined}
          className="flex h-10 shrink-0 items-center gap-1.5 border-b-2 border-transparent text-ink-2 no-underline -outline-offset-2 hover:text-ink aria-[current=page]:border-accent aria-[current=page]:font-medium aria-[current=page]:text-ink"
        >
          <TabLabel>{tab.label}</TabLabel>
          <TabCount tab={tab} />
        </Link>
      ))}
    </nav>
  )
}

/** Places below a tab, or ways to look at one list: the current one is filled. */
export function SegmentNav({
  label,
  tabs,
  className,
}: {
  label: string
  tabs: TabLink[]
  className?: string
}) {
  return (
    <nav
      aria-label={label}
      className={classNames('fade-at-ends [scrollbar-width:none] flex gap-0.5 overflow-x-auto', className)}
    >
      {tabs.map((tab) => (
        <Link
          key={tab.href}
          href={tab.href}
          scroll={false}
          aria-current={tab.current ? 'page' : undefined}
          className="flex h-7 shrink-0 items-center gap-1.5 rounded-control px-2.5 text-ink-2 no-underline -outline-offset-2 hover:bg-hover hover:text-ink aria-[current=page]:bg-subtle aria-[current=page]:font-medium aria-[current=page]:text-ink"
        >
          <TabLabel>{tab.label}</TabLabel>
          <TabCount tab={tab} />
        </Link>
      ))}
    </nav>
  )
}

/** As wide as it would be as the current one, so that its neighbours stay where they are. */
function TabLabel({ children }: { children: string }) {
  return (
    <span
      data-label={children}
      className="flex flex-col after:invisible after:h-0 after:overflow-hidden after:font-medium after:content-[attr(data-label)]"
    >
      {children}
    </span>
  )
}

function TabCount({ tab }: { tab: TabLink }) {
  if (tab.count === undefined) return null
  if (tab.isUrgent && tab.count > 0) return <CountBadge count={tab.count} />
  return <span className="font-normal text-muted">{countText(tab.count)}</span>
}

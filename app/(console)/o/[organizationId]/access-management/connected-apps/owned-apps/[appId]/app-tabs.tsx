'use client'

import { usePathname } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { TabNav } from '#components/ui/tab-nav'

type Props = { base: string; sections: Array<{ label: string; path: string; count?: number }> }

/** The sections of one app. */
export function AppTabs({ base, sections }: Props) {
  const pathname = usePathname()
  const box = useRef<HTMLDivElement>(null)
  // On a phone the row is wider than the screen: the present one comes into sight. Sideways only.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page has another present tab
  useEffect(() => {
    const row = box.current?.querySelector('nav')
    const tab = row?.querySelector<HTMLElement>('[aria-current=page]')
    if (row && tab) row.scrollLeft = tab.offsetLeft - row.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2
  }, [pathname])
  return (
    <div ref={box} className="relative min-w-0">
      <TabNav
        label="Sections of this app"
        tabs={sections.map(({ label, path, count }) => ({
          label,
          href: base + path,
          count,
          current: pathname === base + path,
        }))}
      />
    </div>
  )
}

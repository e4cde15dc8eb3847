'use client'

import { usePathname } from 'next/navigation'
import { TabNav } from '#components/ui/tab-nav'
import { useTabInSight } from '#components/ui/use-tab-in-sight'

type Props = { base: string; sections: Array<{ label: string; path: string; count?: number }> }

/** The sections of one app. */
export function AppTabs({ base, sections }: Props) {
  const pathname = usePathname()
  const box = useTabInSight()
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

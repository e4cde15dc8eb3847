'use client'

import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { PageHeader } from '#components/shell/page-header'
import { TabNav } from '#components/ui/tab-nav'

type Props = { tabs: Array<{ label: string; href: string; count?: number }>; act: ReactNode }

/** Title and tabs. The page of one person or one group has a head of its own. */
export function PeopleHead({ tabs, act }: Props) {
  const pathname = usePathname()
  if (!tabs.some(({ href }) => href === pathname)) return null
  return (
    <div className="flex flex-col gap-4">
      <PageHeader where="Access Management" title="People" acts={act} />
      <TabNav label="People" tabs={tabs.map((tab) => ({ ...tab, current: tab.href === pathname }))} />
    </div>
  )
}

'use client'

import { Download, Plus } from 'lucide-react'
import { usePathname, useSearchParams } from 'next/navigation'
import { PageHeader } from '#components/shell/page-header'
import { ButtonLink } from '#components/ui/button'
import { TabNav } from '#components/ui/tab-nav'
import { useTabInSight } from '#components/ui/use-tab-in-sight'

type Props = {
  tabs: Array<{ label: string; href: string; count?: number; isUrgent?: boolean }>
  ownedAppsHref: string
  createHref?: string
}

/** Title and tabs. A page of one app has a head of its own. */
export function SectionHead({ tabs, ownedAppsHref, createHref }: Props) {
  const pathname = usePathname()
  const searchParams = useSearchParams()
  const box = useTabInSight()
  if (pathname.startsWith(`${ownedAppsHref}/`)) return null
  const isHere = (href: string) => pathname === href || pathname.startsWith(`${href}/`)
  return (
    <div className="flex flex-col gap-4">
      <PageHeader
        where="Access Management"
        title="Connected Apps"
        acts={
          isHere(ownedAppsHref) && (
            <>
              <ButtonLink
                href={`${ownedAppsHref}/export?${searchParams}`}
                download
                prefetch={false}
                icon={<Download aria-hidden />}
              >
                Export
              </ButtonLink>
              {createHref && (
                <ButtonLink variant="primary" href={createHref} icon={<Plus aria-hidden />}>
                  Create app
                </ButtonLink>
              )}
            </>
          )
        }
      />
      <div ref={box} className="relative min-w-0">
        <TabNav label="Connected Apps" tabs={tabs.map((tab) => ({ ...tab, current: isHere(tab.href) }))} />
      </div>
    </div>
  )
}

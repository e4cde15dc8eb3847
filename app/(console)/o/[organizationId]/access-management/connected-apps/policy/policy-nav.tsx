'use client'

import { usePathname } from 'next/navigation'
import { MODE } from '#components/connected-apps/policy-words'
import { SegmentNav } from '#components/ui/tab-nav'
import { useTabInSight } from '#components/ui/use-tab-in-sight'
import { allowlistPath, policyPath, requestsPath, rulesPath, whatIfPath } from '../../../paths.ts'

type Props = { organizationId: string; mode: keyof typeof MODE; entries: number; waiting: number }

/** Mode, allowlist, requests with their rules, and what they come to for one person: each a place of its own. */
export function PolicyNav({ organizationId, mode, entries, waiting }: Props) {
  const pathname = usePathname()
  const box = useTabInSight()
  const tabs = [
    { label: 'Mode', href: policyPath(organizationId) },
    { label: 'Allowlist', href: allowlistPath(organizationId), count: entries },
    {
      label: 'Requests',
      href: requestsPath(organizationId),
      count: waiting,
      isUrgent: mode === 'restricted',
    },
    { label: 'Rules', href: rulesPath(organizationId) },
    { label: 'What if', href: whatIfPath(organizationId) },
  ]
  return (
    // Where both have no room in one line, the note wraps out of sight.
    <div ref={box} className="flex items-center justify-between gap-4 sm:h-7 sm:flex-wrap sm:overflow-hidden">
      <SegmentNav label="Policy" tabs={tabs.map((tab) => ({ ...tab, current: tab.href === pathname }))} />
      {pathname !== policyPath(organizationId) && (
        <p className="whitespace-nowrap text-muted max-sm:hidden">{MODE[mode]} is in force</p>
      )}
    </div>
  )
}

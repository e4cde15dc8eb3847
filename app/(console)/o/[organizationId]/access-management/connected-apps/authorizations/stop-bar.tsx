'use client'

import { Ban, Snowflake, Sun, Trash2 } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { counted } from '#components/connected-apps/app-words'
import { useSelection } from '#components/connected-apps/selection'
import { Button } from '#components/ui/button'
import { countText } from '#lib/base/bounded-count'
import type { AuthorizedAppsFilters, StopAct } from '#lib/domain/authorizations/schema'
import type { Organization } from './acts.tsx'

const StopDialog = dynamic(() => import('./stop-dialog.tsx'), { ssr: false })

type Props = {
  organization: Organization
  filters: AuthorizedAppsFilters
  /** How many match on all pages, counted to a bound. */
  total: number
}

/** At the foot of the page once apps are chosen: how many, and how all of them are stopped or let go on. */
export function StopBar({ organization, filters, total }: Props) {
  const { count, isAll, shown, ids, chooseAll, clear } = useSelection()
  const [asked, setAsked] = useState<{ act: StopAct; isAll: boolean; ids: string[] } | null>(null)
  const ask = (act: StopAct) => setAsked({ act, isAll, ids: [...ids] })
  const areAllShown = !isAll && shown.every((id) => ids.has(id)) && total > ids.size
  return (
    <>
      {count > 0 && (
        <section
          data-save-bar
          aria-label="Selected apps"
          className="fixed right-0 bottom-(--foot-height,0px) left-(--side-width,0px) z-10 flex min-h-14 flex-wrap items-center gap-x-4 gap-y-2 border-t border-line bg-surface px-4 py-3 sm:px-8"
        >
          <p role="status" className="flex min-w-0 flex-1 basis-60 flex-wrap items-center gap-x-2">
            <span className="font-medium">
              {isAll ? `All ${countText(total)} that match` : counted(count, 'app')} selected
            </span>
            {areAllShown && (
              <Button size="small" variant="quiet" onClick={chooseAll}>
                Select all {countText(total)} that match
              </Button>
            )}
          </p>
          <div className="flex flex-wrap gap-2 max-sm:w-full max-sm:*:h-11 max-sm:*:flex-1">
            {/* Where the list has only frozen ones, or none, one of the two does nothing. */}
            {filters.isFrozen !== true && (
              <Button icon={<Snowflake aria-hidden />} onClick={() => ask('freeze')}>
                Freeze…
              </Button>
            )}
            {filters.isFrozen !== false && (
              <Button icon={<Sun aria-hidden />} onClick={() => ask('unfreeze')}>
                Unfreeze…
              </Button>
            )}
            <Button variant="danger-quiet" icon={<Ban aria-hidden />} onClick={() => ask('block')}>
              Block…
            </Button>
            <Button variant="danger-quiet" icon={<Trash2 aria-hidden />} onClick={() => ask('remove')}>
              Remove…
            </Button>
            <Button variant="quiet" onClick={clear}>
              Clear
            </Button>
          </div>
        </section>
      )}
      {asked && (
        <StopDialog
          act={asked.act}
          organization={organization}
          chosen={asked.isAll ? { matching: filters } : { appIds: asked.ids }}
          onDone={clear}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  )
}

'use client'

import { Ban, Snowflake, Sun, Trash2 } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { useSelection } from '#components/connected-apps/selection'
import { SelectionBar } from '#components/connected-apps/selection-bar'
import { Button } from '#components/ui/button'
import type { AuthorizedAppsFilters, StopAct } from '#lib/domain/authorizations/schema'
import type { Organization } from './acts.tsx'

const StopDialog = dynamic(() => import('./stop-dialog.tsx'), { ssr: false })

type Props = {
  organization: Organization
  filters: AuthorizedAppsFilters
  /** How many match on all pages, counted to a bound. */
  total: number
}

/** Once apps are chosen: how all of them are stopped or let go on. */
export function StopBar({ organization, filters, total }: Props) {
  const { isAll, ids, clear } = useSelection()
  const [asked, setAsked] = useState<{ act: StopAct; isAll: boolean; ids: string[] } | null>(null)
  const ask = (act: StopAct) => setAsked({ act, isAll, ids: [...ids] })
  return (
    <>
      <SelectionBar total={total}>
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
      </SelectionBar>
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

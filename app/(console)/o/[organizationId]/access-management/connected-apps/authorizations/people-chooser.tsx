'use client'

import dynamic from 'next/dynamic'
import { createContext, type ReactNode, useContext, useState } from 'react'
import { counted } from '#components/connected-apps/app-words'
import { Button } from '#components/ui/button'
import { Checkbox } from '#components/ui/checkbox'
import type { Id } from '#lib/base/ids'
import { type ActedOn, useActs } from './acts.tsx'

const RemovePeopleDialog = dynamic(() => import('./remove-people-dialog.tsx'), { ssr: false })

type YesId = Id<'authorization'>
type Chooser = { ids: ReadonlySet<YesId>; toggle: (id: YesId) => void }

const ChooserContext = createContext<Chooser>({ ids: new Set(), toggle: () => {} })

type Props = { app: ActedOn; shown: readonly YesId[]; children: ReactNode }

/** Holds which people of an app are chosen: those in sight, so that nobody ends what they do not see. */
export function PeopleChooser({ app, shown, children }: Props) {
  const { organization } = useActs()
  const [chosen, setChosen] = useState<ReadonlySet<YesId>>(new Set())
  const [asked, setAsked] = useState<YesId[] | null>(null)
  const ids = new Set(shown.filter((id) => chosen.has(id)))
  const toggle = (id: YesId) => {
    const next = new Set(ids)
    if (!next.delete(id)) next.add(id)
    setChosen(next)
  }
  return (
    <ChooserContext value={{ ids, toggle }}>
      {children}
      {ids.size > 0 && (
        <div className="flex flex-wrap items-center gap-2">
          <p role="status" className="mr-auto font-medium">
            {counted(ids.size, 'person', 'people')} chosen
          </p>
          <Button size="small" variant="quiet" onClick={() => setChosen(new Set())}>
            Clear
          </Button>
          <Button size="small" variant="danger-quiet" onClick={() => setAsked([...ids])}>
            Remove theirs…
          </Button>
        </div>
      )}
      {asked && organization && (
        <RemovePeopleDialog
          app={app}
          organization={organization}
          authorizationIds={asked}
          onDone={() => setChosen(new Set())}
          onClose={() => setAsked(null)}
        />
      )}
    </ChooserContext>
  )
}

/** The box of one person. */
export function ChoosePerson({ authorizationId, name }: { authorizationId: YesId; name: string }) {
  const { ids, toggle } = useContext(ChooserContext)
  return (
    <Checkbox
      aria-label={`Choose ${name}`}
      checked={ids.has(authorizationId)}
      onChange={() => toggle(authorizationId)}
    />
  )
}

'use client'

import dynamic from 'next/dynamic'
import { useState } from 'react'
import type { ScopeWords } from '#components/connected-apps/scope-lines'
import { Button, ButtonLink } from '#components/ui/button'
import type { Id } from '#lib/base/ids'
import type { Limits } from '../limits-fields.tsx'

const RemoveEntryDialog = dynamic(() => import('./remove-entry-dialog.tsx'), { ssr: false })
const LimitsDialog = dynamic(() => import('./limits-dialog.tsx'), { ssr: false })
const TrimDialog = dynamic(() => import('./trim-dialog.tsx'), { ssr: false })

type Props = {
  app: { id: Id<'app'>; name: string }
  organizationId: Id<'organization'>
  scopes: readonly ScopeWords[]
  limits: Limits
  version: number
  /** Where the entry grows; absent: there is nothing to add. */
  growHref?: string
  afterHref: string
}

/** What can be done with the entry whose details are open. */
export function EntryActs({ growHref, scopes, limits, version, afterHref, ...entry }: Props) {
  const [dialog, setDialog] = useState<'trim' | 'limits' | 'remove' | null>(null)
  const close = () => setDialog(null)
  return (
    <>
      {growHref && (
        <ButtonLink href={growHref} scroll={false}>
          Allow more…
        </ButtonLink>
      )}
      {scopes.length > 1 && (
        <Button variant={growHref ? 'quiet' : 'secondary'} onClick={() => setDialog('trim')}>
          Allow less…
        </Button>
      )}
      <Button variant="quiet" onClick={() => setDialog('limits')}>
        Limits…
      </Button>
      <Button variant="danger-quiet" className="ml-auto" onClick={() => setDialog('remove')}>
        Remove from the allowlist…
      </Button>
      {dialog === 'trim' && <TrimDialog {...entry} scopes={scopes} onClose={close} />}
      {dialog === 'limits' && <LimitsDialog {...entry} limits={limits} version={version} onClose={close} />}
      {dialog === 'remove' && <RemoveEntryDialog {...entry} afterHref={afterHref} onClose={close} />}
    </>
  )
}

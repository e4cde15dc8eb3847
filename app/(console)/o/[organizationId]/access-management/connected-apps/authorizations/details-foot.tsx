'use client'

import { Button, ButtonLink } from '#components/ui/button'
import type { Id } from '#lib/base/ids'
import { allowMoreHref, entryHref } from '../../../paths.ts'
import { type ActedOn, useActs } from './acts.tsx'
import { Unblock } from './unblock.tsx'

type Props = {
  organizationId: Id<'organization'>
  app: ActedOn & { clientId: string }
  isBlocked: boolean
}

/** What can be done about the app whose details are open. */
export function DetailsFoot({ organizationId, app, isBlocked }: Props) {
  const { ask, lift } = useActs()
  return (
    <>
      <ButtonLink
        href={app.isListed ? entryHref(organizationId, app) : allowMoreHref(organizationId, app.clientId)}
      >
        {app.isListed ? 'Edit allowlist entry' : 'Add to allowlist…'}
      </ButtonLink>
      <span className="ml-auto flex flex-wrap gap-2">
        {isBlocked ? (
          <Unblock app={app} />
        ) : (
          <>
            {app.isFrozen ? (
              <Button variant="quiet" onClick={() => lift('freeze', app)}>
                Unfreeze
              </Button>
            ) : (
              app.people > 0 && (
                <Button variant="quiet" onClick={() => ask({ kind: 'freeze', app })}>
                  Freeze…
                </Button>
              )
            )}
            <Button variant="danger-quiet" onClick={() => ask({ kind: 'block', app })}>
              Block…
            </Button>
            {app.people > 0 && (
              <Button variant="danger-quiet" onClick={() => ask({ kind: 'remove', app })}>
                Remove…
              </Button>
            )}
          </>
        )}
      </span>
    </>
  )
}

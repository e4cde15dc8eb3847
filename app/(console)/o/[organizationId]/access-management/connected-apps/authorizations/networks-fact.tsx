'use client'

import { counted } from '#components/connected-apps/app-words'
import { Button } from '#components/ui/button'
import { writtenNetwork } from '#lib/base/cidr'
import type { NetworkLimit } from '#lib/domain/installations/network-limit'
import { type ActedOn, useActs } from './acts.tsx'

/** From where an app may be used here, and the way to change it. */
export function NetworksFact({ app, limit }: { app: ActedOn; limit: NetworkLimit }) {
  const { ask } = useActs()
  return (
    <span className="flex flex-wrap items-center gap-x-2">
      {wordsFor(limit)}
      <Button
        variant="quiet"
        size="small"
        className="-my-1"
        aria-label={`Change from where ${app.name} may be used`}
        onClick={() => ask({ kind: 'networks', app })}
      >
        Change…
      </Button>
    </span>
  )
}

function wordsFor({ mode, networks }: NetworkLimit): string {
  if (mode === 'off') return 'From everywhere'
  const [only] = networks
  const from = networks.length === 1 && only ? writtenNetwork(only) : counted(networks.length, 'network')
  return mode === 'enforce' ? from : `${from}; refreshes from everywhere`
}

'use client'

import { useQuery } from '@tanstack/react-query'
import { Notice } from '#components/ui/notice'
import { RelativeTime } from '#components/ui/relative-time'
import type { Id } from '#lib/base/ids'
import { listed } from '#lib/base/listed'
import type { PublishedKeys as Published } from '#lib/domain/connected-apps/get-published-keys'
import { readApi } from '../../../../../../../read-api.ts'

/** What lies at the app's own address at the moment, as the token endpoint sees it. */
export function PublishedKeys({ appId, jwksUri }: { appId: Id<'app'>; jwksUri: string }) {
  const { data, isError } = useQuery({
    queryKey: ['published-keys', appId, jwksUri],
    queryFn: () => readApi<Published>(`/connected-apps/${appId}/published-keys`),
    retry: false,
  })
  const address = <span className="font-mono text-meta [overflow-wrap:anywhere]">{jwksUri}</span>
  if (data?.problem && data.keys.length > 0) {
    return (
      <Notice tone="warn">
        <span className="font-medium text-ink">{address} cannot be read as it should be.</span> {data.problem}{' '}
        {data.keys.length === 1 ? 'The key' : `The ${data.keys.length} keys`} read{' '}
        <RelativeTime at={data.readAt} className="lowercase" /> (
        {listed(data.keys.map(({ kid, kind }) => `${kind} ${kid}`))}){' '}
        {data.keys.length === 1 ? 'counts' : 'count'} for an hour from then.
      </Notice>
    )
  }
  if (isError || data?.problem) {
    return (
      <Notice tone="warn">
        <span className="font-medium text-ink">No keys from {address}.</span>{' '}
        {data?.problem ?? 'It could not be asked at the moment.'} What the app signs with them is refused.
      </Notice>
    )
  }
  return (
    <Notice tone="neutral">
      <span className="text-ink">
        {data ? `${data.keys.length === 1 ? 'One key' : `${data.keys.length} keys`} from` : 'Asking'}{' '}
        {address}
      </span>
      {data && (
        <>
          {' '}
          ({listed(data.keys.map(({ kid, kind }) => `${kind} ${kid}`))}), read{' '}
          <RelativeTime at={data.fetchedAt} className="lowercase" />. Keys taken down there work for five
          minutes more at most.
        </>
      )}
    </Notice>
  )
}

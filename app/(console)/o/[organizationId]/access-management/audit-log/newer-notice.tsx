'use client'

import { useQuery } from '@tanstack/react-query'
import { ButtonLink } from '#components/ui/button'
import { Notice } from '#components/ui/notice'
import type { EventFiltersInput } from '#lib/domain/audit/schema'
import { readApi } from '../../../../read-api.ts'

/** As many as one answer of the API holds. */
const COUNTED_MAX = 50

type Props = {
  organizationId: string
  filters: EventFiltersInput
  /** The cursor of the newest event shown. */
  newest: string
  href: string
}

/**
 * Says that there are newer events than those shown, and leads there: the list itself stays still while it is read. Whatever
 * happens is told to `LiveChanges`, which has this asked again.
 */
export function NewerNotice({ organizationId, filters, newest, href }: Props) {
  const { data } = useQuery({
    queryKey: ['newer-events', organizationId, filters, newest],
    queryFn: () => {
      const search = new URLSearchParams({ newerThan: newest })
      for (const [name, value] of Object.entries(filters)) if (value) search.set(name, value)
      return readApi<{ data: unknown[] }>(`/organizations/${organizationId}/events?${search}`)
    },
  })
  const count = data?.data.length ?? 0
  if (count === 0) return null
  return (
    <div role="status">
      <Notice
        tone="neutral"
        acts={
          <ButtonLink size="small" href={href} scroll={false}>
            Show {count === 1 ? 'it' : 'them'}
          </ButtonLink>
        }
      >
        {count === 1
          ? 'Something else has happened meanwhile.'
          : `${count >= COUNTED_MAX ? `${COUNTED_MAX} or more` : count} newer events.`}
      </Notice>
    </div>
  )
}

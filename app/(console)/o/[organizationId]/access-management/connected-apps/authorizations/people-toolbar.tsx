'use client'

import { useRouter } from 'next/navigation'
import { useTransition } from 'react'
import { ListSearch } from '#components/connected-apps/list-search'
import { FindChip } from '#components/ui/find-chip'
import { Toolbar } from '#components/ui/section'
import { readApi } from '../../../../../read-api.ts'
import { urlWith } from '../../../../../url-query.ts'
import { lastUseWords, unusedChoices } from './last-use.ts'
import { ofList, type Query } from './list-query.ts'

type Props = {
  path: string
  organizationId: string
  query: Query
  /** The name of the app that the list is filtered by. */
  appName: string | null
  count: string
}

type Apps = { data: { appId: string; name: string; publisher: string; isInternal: boolean }[] }

/** Search and filters of the list by person. All of it stands in the URL. */
export function PeopleToolbar({ path, organizationId, query, appName, count }: Props) {
  const router = useRouter()
  const [isPending, startTransition] = useTransition()
  const { q, after: _, ...kept } = ofList(query)
  const go = (change: Query) =>
    startTransition(() =>
      router.replace(urlWith(path, { ...ofList(query), after: undefined }, change), { scroll: false }),
    )
  return (
    <Toolbar>
      <ListSearch
        label="Search people"
        placeholder="Name, username or e-mail"
        path={path}
        kept={kept}
        value={q ?? ''}
        className="w-full sm:w-64"
      />
      <FindChip
        label="App"
        chosen={query.of ? (appName ?? 'Another app') : null}
        find={async (typed) => {
          const search = new URLSearchParams({ search: typed, sort: 'name' })
          const { data } = await readApi<Apps>(`/organizations/${organizationId}/authorized-apps?${search}`)
          return data.slice(0, 20).map((app) => ({
            value: app.appId,
            label: app.name,
            hint: app.isInternal ? 'Internal' : app.publisher,
          }))
        }}
        placeholder="Find an app"
        empty="No app of that name is in use."
        onChange={(of) => go({ of })}
      />
      <FindChip
        label="Unused"
        chosen={lastUseWords(query.use)}
        find={async (typed) => unusedChoices(typed)}
        placeholder="Or a number of days"
        empty="Type a number of days, 3,650 at most."
        onChange={(use) => go({ use })}
      />
      <p role="status" className="ml-auto text-ink-2">
        {isPending ? 'Searching…' : count}
      </p>
    </Toolbar>
  )
}

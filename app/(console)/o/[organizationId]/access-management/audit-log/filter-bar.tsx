'use client'

import { useRouter } from 'next/navigation'
import { useMemo, useTransition } from 'react'
import { ListSearch } from '#components/connected-apps/list-search'
import { Button } from '#components/ui/button'
import { FilterChip } from '#components/ui/filter-chip'
import { FindChip } from '#components/ui/find-chip'
import { Toolbar } from '#components/ui/section'
import { TextField } from '#components/ui/text-field'
import { ACTS, actWords, isNoun, NOUNS, nounOf } from '#lib/domain/audit/acts'
import { type UrlQuery, urlWith } from '../../../../url-query.ts'
import { findApp, findPerson } from './find-filters.ts'
import { type FilterKey, WHEN } from './list-query.ts'

type Filters = UrlQuery<FilterKey>
type Props = {
  organizationId: string
  path: string
  query: Filters
  /** The names of the person and the app that are chosen. */
  personName: string | undefined
  appName: string | undefined
}

/** What narrows the log down. All of it stands in the URL; without script the search and the days are plain forms. */
export function FilterBar({ organizationId, path, query, personName, appName }: Props) {
  const router = useRouter()
  const [isPending, startTransition] = useTransition()
  const go = (change: Filters) =>
    startTransition(() => router.replace(urlWith(path, query, change), { scroll: false }))
  const finders = useMemo(
    () => ({ person: findPerson(organizationId), app: findApp(organizationId) }),
    [organizationId],
  )
  const { q, ...kept } = query
  const about = isNoun(query.about) ? query.about : undefined
  const acts = about ? ACTS.filter((name) => nounOf(name) === about) : []
  return (
    <div className="flex flex-col gap-2">
      <Toolbar count={isPending ? 'Searching…' : undefined}>
        <ListSearch
          label="Search the audit log"
          placeholder="Name of an app or a person"
          path={path}
          kept={kept}
          value={q ?? ''}
          className="max-sm:w-full sm:w-56"
        />
        <FindChip
          label="Who"
          chosen={query.person ? (personName ?? 'Somebody else') : null}
          find={finders.person}
          placeholder="Name or username"
          empty="Nobody here is called that."
          onChange={(person) => go({ person })}
        />
        <FindChip
          label="App"
          chosen={query.app ? (appName ?? 'Another app') : null}
          find={finders.app}
          placeholder="Name of an app"
          empty="No app here is called that."
          onChange={(app) => go({ app })}
        />
        <FilterChip
          label="About"
          options={NOUNS.map((noun) => ({ value: noun, label: actWords(noun) }))}
          value={about ? [about] : []}
          onChange={(chosen) => go({ about: chosen.at(-1), act: undefined })}
        />
        {acts.length > 1 && (
          <FilterChip
            label="Act"
            options={acts.map((name) => ({ value: name, label: actWords(name) }))}
            value={query.act ? [query.act] : []}
            onChange={(chosen) => go({ act: chosen.at(-1) })}
          />
        )}
        <FilterChip
          label="When"
          options={[
            ...Object.entries(WHEN).map(([value, { label }]) => ({ value, label })),
            { value: 'days', label: 'Between two days' },
          ]}
          value={query.when ? [query.when] : []}
          onChange={(chosen) => go({ when: chosen.at(-1), from: undefined, until: undefined })}
        />
      </Toolbar>
      {query.when === 'days' && <Days path={path} query={query} />}
    </div>
  )
}

/** Two days of one's own, each whole and in one's own time zone; either may be left open. */
function Days({ path, query }: { path: string; query: Filters }) {
  const { from, until, ...kept } = query
  return (
    <form action={path} className="flex flex-wrap items-end gap-2">
      {Object.entries(kept).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <TextField label="From" type="date" name="from" defaultValue={from} fieldClassName="w-40" />
      <TextField label="Until" type="date" name="until" defaultValue={until} fieldClassName="w-40" />
      <Button type="submit">Show</Button>
    </form>
  )
}

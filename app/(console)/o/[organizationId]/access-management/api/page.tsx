import { FileJson } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { counted } from '#components/connected-apps/app-words'
import { ListSearch } from '#components/connected-apps/list-search'
import { PageHeader } from '#components/shell/page-header'
import { ButtonLink } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { Section, Toolbar } from '#components/ui/section'
import type { Id } from '#lib/base/ids'
import { listOperations, type OperationLine } from '#lib/gateways/rest/document/operations'
import { readUrlQuery, type SearchParams } from '../../../../url-query.ts'
import { apiOperationPath, apiPath } from '../../paths.ts'
import { GetToken } from './get-token.tsx'
import { MethodChip } from './method-chip.tsx'

export const metadata: Metadata = { title: 'API' }

type Props = { params: Promise<{ organizationId: Id<'organization'> }>; searchParams: Promise<SearchParams> }

/** What scripts can do, and how they begin: the API's document as a page. */
export default async function ApiPage({ params, searchParams }: Props) {
  const { organizationId } = await params
  const { q } = readUrlQuery(['q'] as const, await searchParams)
  const groups = listOperations(q)
  const total = groups.reduce((sum, { operations }) => sum + operations.length, 0)
  return (
    <>
      <PageHeader
        where="Access Management"
        title="API"
        acts={
          <ButtonLink href="/api/v1/openapi.json" prefetch={false} icon={<FileJson aria-hidden />}>
            OpenAPI document
          </ButtonLink>
        }
      />
      {!q && <GetToken organizationId={organizationId} />}
      <Toolbar count={counted(total, 'operation')}>
        <ListSearch
          label="Search operations"
          placeholder="Path, words or scope"
          path={apiPath(organizationId)}
          value={q ?? ''}
          className="w-full sm:w-64"
        />
      </Toolbar>
      {groups.length === 0 && (
        <EmptyState
          title="No operation matches"
          act={<ButtonLink href={apiPath(organizationId)}>Clear the search</ButtonLink>}
        >
          Search for part of a path, a word of what it does, or a scope.
        </EmptyState>
      )}
      {groups.map(({ noun, operations }) => (
        <Section key={noun} title={noun}>
          <ul className="divide-y divide-line overflow-clip rounded-box border border-line bg-surface">
            {operations.map((line) => (
              <li key={line.operation}>
                <OperationRow line={line} href={apiOperationPath(organizationId, line.operation)} />
              </li>
            ))}
          </ul>
        </Section>
      ))}
    </>
  )
}

function OperationRow({ line, href }: { line: OperationLine; href: string }) {
  return (
    <Link
      href={href}
      prefetch={false}
      className="grid grid-cols-[4rem_minmax(0,1fr)] items-baseline gap-x-2 gap-y-0.5 px-3 py-2.5 text-ink no-underline -outline-offset-2 hover:bg-hover lg:grid-cols-[4rem_minmax(0,5fr)_minmax(0,6fr)]"
    >
      <MethodChip method={line.method} />
      <code className="font-mono text-meta [overflow-wrap:anywhere]">{line.path}</code>
      <span className="text-ink-2 max-lg:col-start-2">{line.summary}</span>
    </Link>
  )
}

import { TextLink } from '#components/ui/text-link'
import type { Id } from '#lib/base/ids'
import { isId } from '#lib/base/ids'
import { listRemovals } from '#lib/domain/installations/list-removals'
import type { UserActor } from '#lib/domain/permissions/actor'
import { shown } from '#lib/gateways/console/refuse'
import { urlWith } from '../../../../../url-query.ts'
import type { Query } from './list-query.ts'
import { nameOfApp } from './name-of-app.ts'
import { RemovalsList } from './removals-list.tsx'

type Props = { actor: UserActor; organizationId: Id<'organization'>; path: string; query: Query }

/** The receipts of what was removed here: all of them, or those with something of one app. */
export async function Removals({ actor, organizationId, path, query }: Props) {
  const appId = isId('app', query.of) ? query.of : undefined
  const [list, appName] = await Promise.all([
    shown(listRemovals(actor, { rootOrganizationId: organizationId, appId, cursor: query.after })),
    appId ? nameOfApp(actor, organizationId, appId) : null,
  ])
  return (
    <>
      {appId && (
        <p className="flex flex-wrap justify-between gap-x-4 text-ink-2">
          <span>What was removed of {appName ?? 'another app'}.</span>
          <TextLink href={urlWith(path, { show: query.show })}>All removals</TextLink>
        </p>
      )}
      <RemovalsList organizationId={organizationId} list={list} path={path} query={query} />
    </>
  )
}

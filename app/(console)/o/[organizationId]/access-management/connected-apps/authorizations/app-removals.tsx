import { DateTime } from '#components/ui/relative-time'
import { LineList, Section } from '#components/ui/section'
import { TextLink } from '#components/ui/text-link'
import type { Id } from '#lib/base/ids'
import { type ListedRemoval, listRemovals } from '#lib/domain/installations/list-removals'
import type { UserActor } from '#lib/domain/permissions/actor'
import { shown } from '#lib/gateways/console/refuse'
import { urlWith } from '../../../../../url-query.ts'
import { authorizationsPath, removalPath } from '../../../paths.ts'
import { endedText } from './removal-words.ts'

type Props = { actor: UserActor; organizationId: Id<'organization'>; appId: Id<'app'> }

/** The others stand in the list of all removals. */
const SHOWN = 5

/** What was removed of an app before, each with its receipt. */
export async function AppRemovals({ actor, organizationId, appId }: Props) {
  const { rows } = await shown(listRemovals(actor, { rootOrganizationId: organizationId, appId }))
  if (rows.length === 0) return null
  return (
    <Section
      title="Removed before"
      acts={
        rows.length > SHOWN && (
          <TextLink href={urlWith(authorizationsPath(organizationId), { show: 'removals', of: appId })}>
            All receipts
          </TextLink>
        )
      }
    >
      <LineList label="Receipts of removals">
        {rows.slice(0, SHOWN).map((row) => (
          <RemovalRow key={row.removalId} row={row} href={removalPath(organizationId, row.removalId)} />
        ))}
      </LineList>
    </Section>
  )
}

function RemovalRow({ row, href }: { row: ListedRemoval; href: string }) {
  return (
    <li>
      <span className="shrink-0 whitespace-nowrap">
        <DateTime at={row.removedAt} />
      </span>
      <span className="min-w-0 flex-1 truncate text-ink-2">
        {endedText(row)} · {row.removedBy}
      </span>
      <TextLink href={href}>Receipt</TextLink>
    </li>
  )
}

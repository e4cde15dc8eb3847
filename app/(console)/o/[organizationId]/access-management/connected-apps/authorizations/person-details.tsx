import { counted } from '#components/connected-apps/app-words'
import { heldWords } from '#components/connected-apps/held-words'
import { ScopeTable } from '#components/connected-apps/scope-table'
import { Avatar } from '#components/ui/avatar'
import { ButtonLink } from '#components/ui/button'
import { Chip } from '#components/ui/chip'
import { Disclosure } from '#components/ui/disclosure'
import { Drawer } from '#components/ui/drawer'
import { DateTime, RelativeTime } from '#components/ui/relative-time'
import { RiskBars } from '#components/ui/risk-bars'
import { Section } from '#components/ui/section'
import { TextLink } from '#components/ui/text-link'
import type { Id } from '#lib/base/ids'
import { isRefusal } from '#lib/base/refusal'
import {
  type AuthorizationOfPerson,
  listAuthorizationsOfPerson,
} from '#lib/domain/authorizations/list-authorizations-of-person'
import type { UserActor } from '#lib/domain/permissions/actor'
import { AppPicture } from '../../../../../../app-picture.tsx'
import { urlWith } from '../../../../../url-query.ts'
import { authorizationsPath, personPath } from '../../../paths.ts'
import { ofList, type Query } from './list-query.ts'
import { RemoveAll } from './remove-all.tsx'
import { RemovePerson } from './remove-person.tsx'

type Props = {
  actor: UserActor
  organizationId: Id<'organization'>
  userId: Id<'user'>
  query: Query
  previousHref?: string
  nextHref?: string
}

/** What one person lets act for them: each app, what it can do, since when, and the way to end it. */
export async function PersonDetails({ actor, organizationId, userId, query, ...beside }: Props) {
  const asked = { rootOrganizationId: organizationId, userId, cursor: query['people-after'] }
  const found = await listAuthorizationsOfPerson(actor, asked).catch((thrown: unknown) => {
    // A link to somebody who left meanwhile still shows the list.
    if (isRefusal(thrown) && thrown.code === 'not-found') return null
    throw thrown
  })
  if (!found) return null
  const { person, rows, next } = found
  const path = authorizationsPath(organizationId)
  return (
    <Drawer
      label={`What ${person.name} authorized`}
      lead={<Avatar name={person.name} size="large" />}
      title={
        <>
          <h2 className="flex items-center gap-2 truncate text-section">
            {person.name} {person.isDeactivated && <Chip>Deactivated</Chip>}
          </h2>
          <p className="truncate text-muted">{person.username}</p>
        </>
      }
      closeHref={urlWith(path, ofList(query))}
      {...beside}
      foot={
        <>
          <ButtonLink href={personPath(organizationId, userId)}>Open in People</ButtonLink>
          {rows.length > 0 && (
            <span className="ml-auto">
              <RemoveAll person={{ userId, name: person.name }} />
            </span>
          )}
        </>
      }
    >
      <Section
        title="Apps that act for them"
        acts={!next && !query['people-after'] && <p className="text-muted">{counted(rows.length, 'app')}</p>}
      >
        {rows.length === 0 ? (
          <p className="text-ink-2">No app acts for {person.name} here.</p>
        ) : (
          <ul className="divide-y divide-line border-y border-line">
            {rows.map((row) => (
              <AppOfPerson
                key={row.authorizationId}
                row={row}
                personName={person.name}
                appHref={urlWith(path, { app: row.app.id as string })}
              />
            ))}
          </ul>
        )}
        {next && (
          <TextLink href={urlWith(path, { ...query, 'people-after': next })} scroll={false}>
            Next {rows.length}
          </TextLink>
        )}
      </Section>
    </Drawer>
  )
}

type RowProps = { row: AuthorizationOfPerson; personName: string; appHref: string }

function AppOfPerson({ row, personName, appHref }: RowProps) {
  const { app, authorizationId, families, scopes, risk, isFrozen, isDisabled, authorizedAt, lastUsedAt } = row
  const held = heldWords({ isBlocked: false, isFrozen, isDisabled })
  return (
    <li className="flex items-start gap-2 py-2">
      <div className="min-w-0 flex-1">
        <Disclosure
          summary={
            <span className="flex min-w-0 items-center gap-2.5">
              <AppPicture id={app.id} name={app.name} />
              <span className="min-w-0 flex-1">
                <span className="flex items-center gap-2">
                  <span className="truncate font-medium">{app.name}</span>
                  {held && <Chip tone={held.tone === 'warn' ? 'warn' : 'neutral'}>{held.word}</Chip>}
                </span>
                <span className="block truncate text-meta text-muted">
                  {families > 0 ? counted(families, 'token family', 'token families') : 'No live token'} ·{' '}
                  <RelativeTime at={lastUsedAt} never="Never used" short />
                </span>
              </span>
              <RiskBars level={risk} />
            </span>
          }
        >
          <div className="flex flex-col gap-2 pt-2 pb-1">
            {scopes.length > 0 ? (
              <ScopeTable label={`What ${app.name} can do`} scopes={scopes} />
            ) : (
              <p className="text-ink-2">Nothing but be opened: they granted it no scope.</p>
            )}
            <p className="text-meta text-muted">
              {app.isInternal ? 'Internal' : app.publisher} · authorized <DateTime at={authorizedAt} /> ·{' '}
              <TextLink href={appHref}>Details of the app</TextLink>
            </p>
          </div>
        </Disclosure>
      </div>
      <span className="pt-1">
        <RemovePerson
          app={{ id: app.id, name: app.name, people: 1 }}
          person={{ authorizationId, name: personName, families }}
        />
      </span>
    </li>
  )
}

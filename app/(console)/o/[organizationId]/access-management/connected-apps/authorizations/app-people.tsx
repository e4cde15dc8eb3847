import Link from 'next/link'
import { counted } from '#components/connected-apps/app-words'
import { ListSearch } from '#components/connected-apps/list-search'
import { Avatar } from '#components/ui/avatar'
import { Chip } from '#components/ui/chip'
import { RelativeTime } from '#components/ui/relative-time'
import { LineList, Section } from '#components/ui/section'
import { TextLink } from '#components/ui/text-link'
import { countText } from '#lib/base/bounded-count'
import type { Id } from '#lib/base/ids'
import { getPersonOfApp } from '#lib/domain/authorizations/get-person-of-app'
import { listPeopleOfApp, type PersonOfApp } from '#lib/domain/authorizations/list-people-of-app'
import type { UserActor } from '#lib/domain/permissions/actor'
import { orNone, shown } from '#lib/gateways/console/refuse'
import { urlWith } from '../../../../../url-query.ts'
import { authorizationsPath } from '../../../paths.ts'
import type { ActedOn } from './acts.tsx'
import { FurtherRows } from './further-rows.tsx'
import type { Query } from './list-query.ts'
import { ChoosePerson, PeopleChooser } from './people-chooser.tsx'
import { RemovePerson } from './remove-person.tsx'
import { TokenFamilies } from './token-families.tsx'

type Props = { actor: UserActor; organizationId: Id<'organization'>; app: ActedOn; query: Query }

/** At first only who used it last; the rest when asked for. */
const SHOWN_AT_FIRST = 5

/** The people of an app, whoever used it last first, and the token families of the one chosen. */
export async function AppPeople({ actor, organizationId, app, query }: Props) {
  const isAll = query.people === 'all'
  const { rows, next } = await shown(
    listPeopleOfApp(actor, {
      rootOrganizationId: organizationId,
      appId: app.id,
      search: isAll ? query.find : undefined,
      cursor: isAll ? query['people-after'] : undefined,
    }),
  )
  const people = isAll ? rows : rows.slice(0, SHOWN_AT_FIRST)
  const path = authorizationsPath(organizationId)
  // Another list of people begins with other families.
  const ofPeople = { ...query, 'families-after': undefined }
  const href = (change: Query) => urlWith(path, ofPeople, change)
  const chosen = query.person
    ? (rows.find((person) => person.authorizationId === query.person) ??
      // Whoever was chosen stays it when others used the app since, and moved them off the page. None: it ended.
      (await orNone(
        getPersonOfApp(actor, {
          rootOrganizationId: organizationId,
          appId: app.id,
          authorizationId: query.person as Id<'authorization'>,
        }),
      )))
    : people[0]
  return (
    <>
      <Section
        title="People"
        acts={
          rows.length > SHOWN_AT_FIRST || isAll ? (
            <TextLink
              href={href({
                people: isAll ? undefined : 'all',
                find: undefined,
                'people-after': undefined,
              })}
              scroll={false}
            >
              {isAll ? 'Show fewer' : `All ${countText(app.people)}`}
            </TextLink>
          ) : undefined
        }
      >
        {isAll && (
          <ListSearch
            label={`Search the people of ${app.name}`}
            placeholder="Name, username or e-mail"
            path={path}
            kept={{ ...ofPeople, find: undefined, 'people-after': undefined }}
            name="find"
            value={query.find ?? ''}
          />
        )}
        {people.length === 0 && <p className="text-muted">Nobody of that name uses it.</p>}
        <PeopleChooser app={app} shown={people.map(({ authorizationId }) => authorizationId)}>
          <LineList label={`People of ${app.name}`}>
            {people.map((person) => (
              <PersonRow
                key={person.authorizationId}
                person={person}
                app={app}
                isChosen={person.authorizationId === chosen?.authorizationId}
                href={href({ person: person.authorizationId as string })}
              />
            ))}
          </LineList>
        </PeopleChooser>
        {isAll && (
          <FurtherRows path={path} query={ofPeople} name="people-after" next={next} rows={rows.length} />
        )}
      </Section>
      {chosen && (
        <TokenFamilies
          actor={actor}
          organizationId={organizationId}
          app={app}
          person={chosen}
          query={query}
        />
      )}
      {query.person && !chosen && (
        <Section title="Token families">
          <p className="text-ink-2">
            The authorization that was chosen has ended, and its tokens with it. Choose somebody else.
          </p>
        </Section>
      )}
    </>
  )
}

type RowProps = { person: PersonOfApp; app: ActedOn; isChosen: boolean; href: string }

function PersonRow({ person, app, isChosen, href }: RowProps) {
  return (
    <li
      className={
        isChosen
          ? 'relative -mx-2 rounded-control bg-accent-bg px-2'
          : 'relative -mx-2 rounded-control px-2 hover:bg-hover'
      }
    >
      <span className="relative z-1 flex">
        <ChoosePerson authorizationId={person.authorizationId} name={person.name} />
      </span>
      <Link
        href={href}
        scroll={false}
        aria-current={isChosen ? 'true' : undefined}
        className="flex min-w-0 flex-1 items-center text-ink no-underline after:absolute after:inset-0 after:rounded-control focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-accent-ink"
      >
        <span className="flex min-w-0 items-center gap-2" title={person.username}>
          <Avatar name={person.name} />
          <span className="truncate font-medium">{person.name}</span>
          {person.isDeactivated && <Chip>Deactivated</Chip>}
        </span>
      </Link>
      <span className="whitespace-nowrap text-muted max-sm:hidden">
        {person.families > 0 ? counted(person.families, 'token family', 'token families') : 'No live token'}
      </span>
      <span className="min-w-20 text-right whitespace-nowrap text-muted">
        <RelativeTime at={person.lastUsedAt} short />
      </span>
      <RemovePerson
        app={app}
        person={{ authorizationId: person.authorizationId, name: person.name, families: person.families }}
      />
    </li>
  )
}

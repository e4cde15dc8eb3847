import { DateTime, RelativeTime } from '#components/ui/relative-time'
import { Section } from '#components/ui/section'
import { deviceWords } from '#lib/base/device-words'
import type { Id } from '#lib/base/ids'
import type { PersonOfApp } from '#lib/domain/authorizations/list-people-of-app'
import { listTokenFamilies, type TokenFamily } from '#lib/domain/authorizations/list-token-families'
import type { UserActor } from '#lib/domain/permissions/actor'
import { shown } from '#lib/gateways/console/refuse'
import { authorizationsPath } from '../../../paths.ts'
import type { ActedOn } from './acts.tsx'
import { EndFamily } from './end-family.tsx'
import { FurtherRows } from './further-rows.tsx'
import type { Query } from './list-query.ts'

type Props = {
  actor: UserActor
  organizationId: Id<'organization'>
  app: ActedOn
  person: PersonOfApp
  query: Query
}

/** All that came from one code each and could still be used: when it began, where, when it was last used and when it ends by itself. */
export async function TokenFamilies({ actor, organizationId, app, person, query }: Props) {
  const { rows, next } = await shown(
    listTokenFamilies(actor, {
      rootOrganizationId: organizationId,
      authorizationId: person.authorizationId,
      cursor: query['families-after'],
    }),
  )
  const title = `Token families of ${person.name}`
  return (
    <Section title={title}>
      {rows.length === 0 ? (
        <p className="text-ink-2">
          {query['families-after']
            ? 'The others ended meanwhile.'
            : 'None at the moment: the app has to be opened again to get tokens.'}
        </p>
      ) : (
        <table aria-label={title} className="w-full border-collapse text-left">
          <thead className="text-meta text-muted">
            <tr>
              <th scope="col" className="pb-1 font-normal">
                Started
              </th>
              <th scope="col" className="pb-1 pl-3 font-normal max-sm:hidden">
                From
              </th>
              <th scope="col" className="pb-1 pl-3 font-normal">
                Last used
              </th>
              <th scope="col" className="pb-1 pl-3 text-right font-normal">
                Ends
              </th>
              <th scope="col" className="w-0 pb-1 pl-2">
                <span className="sr-only">Act</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((family) => (
              <tr key={family.familyId} className="h-8 border-t border-line whitespace-nowrap">
                <td>
                  <DateTime at={family.startedAt} />
                </td>
                <td
                  className="max-w-0 w-full truncate pl-3 text-ink-2 max-sm:hidden"
                  title={[family.userAgent, family.ip].filter(Boolean).join(', ')}
                >
                  {deviceOf(family) ?? 'Unknown'}
                </td>
                <td className="pl-3 text-ink-2">
                  <RelativeTime at={family.lastUsedAt} short />
                </td>
                <td className="pl-3 text-right text-ink-2">
                  <DateTime at={family.endsAt} />
                </td>
                <td className="pl-2">
                  <EndFamily
                    app={app}
                    person={{
                      authorizationId: person.authorizationId,
                      name: person.name,
                      families: person.families,
                    }}
                    family={{
                      familyId: family.familyId,
                      device: deviceOf(family) ?? 'an unknown device',
                      startedAt: family.startedAt,
                      tokens: family.tokens,
                    }}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <FurtherRows
        path={authorizationsPath(organizationId)}
        query={{ ...query, person: person.authorizationId }}
        name="families-after"
        next={next}
        rows={rows.length}
      />
    </Section>
  )
}

function deviceOf({ userAgent, ip }: TokenFamily): string | null {
  return deviceWords(userAgent) ?? ip
}

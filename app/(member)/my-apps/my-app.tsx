import { ScopeLines } from '#components/connected-apps/scope-lines'
import { ButtonLink } from '#components/ui/button'
import { Chip } from '#components/ui/chip'
import { Disclosure } from '#components/ui/disclosure'
import { DateTime, RelativeTime } from '#components/ui/relative-time'
import type { MyAuthorization } from '#lib/domain/authorizations/list-my-authorizations'
import { AppPicture } from '../../app-picture.tsx'
import { SignIns } from './sign-ins.tsx'

/** After so long without use a person rarely misses the app. */
const UNUSED_DAYS = 60

/** One app as a line that unfolds: what it can do, since when, and Remove, never next to anything else. */
export function MyApp({
  authorization,
  hasSeveralOrganizations,
  sessionId,
}: {
  authorization: MyAuthorization
  hasSeveralOrganizations: boolean
  /** Whose forms these are. */
  sessionId: string | null
}) {
  const { app, organization, scopes, authorizedAt, lastUsedAt, heldBecause, isHeldToNetworks } = authorization
  return (
    <li className="py-3">
      <Disclosure
        summary={
          <span className="flex min-w-0 items-center gap-3">
            <AppPicture id={app.id} name={app.name} size="large" />
            <span className="min-w-0 flex-1">
              <span className="flex flex-wrap items-center gap-x-2">
                <span className="text-people font-medium">{app.name}</span>
                {heldBecause ? (
                  <Chip tone="warn">Paused</Chip>
                ) : (
                  isUnused(authorization) && <Chip tone="warn">Unused</Chip>
                )}
              </span>
              <span className="block truncate text-meta text-muted">{inOneLine(scopes)}</span>
            </span>
            <RelativeTime
              at={lastUsedAt}
              never="Never used"
              className="shrink-0 text-meta text-muted"
              short
            />
          </span>
        }
      >
        <div className="flex flex-col gap-3 pt-2 pb-1 sm:pl-12">
          <ScopeLines scopes={scopes} />
          <p className="text-meta text-muted">
            By {app.publisher} · allowed <DateTime at={authorizedAt} />
            {hasSeveralOrganizations && <> · acts at {organization.name}</>}
            {isHeldToNetworks && <> · works only from some networks of {organization.name}</>}
            {heldBecause && <> · {heldWords(authorization)}; what you allowed is kept</>}
          </p>
          <SignIns authorization={authorization} sessionId={sessionId} />
          <ButtonLink
            href={`/my-apps/${authorization.authorizationId}`}
            variant="danger-quiet"
            className="self-start max-sm:h-11 max-sm:w-full"
            aria-label={`Remove ${app.name}…`}
          >
            Remove…
          </ButtonLink>
        </div>
      </Disclosure>
    </li>
  )
}

/** Why it does not work for now, as somebody reads it who did not do it. */
function heldWords({ app, organization, heldBecause }: MyAuthorization): string {
  if (heldBecause === 'organization-suspended') return `paused, because ${organization.name} is suspended`
  if (heldBecause === 'publisher-suspended')
    return `paused, because its publisher, ${app.publisher}, is suspended`
  return 'paused by an administrator'
}

function isUnused({ lastUsedAt, authorizedAt }: MyAuthorization): boolean {
  return Date.now() - (lastUsedAt ?? authorizedAt).getTime() > UNUSED_DAYS * 86_400_000
}

/** The weightiest things it can do. */
function inOneLine(scopes: MyAuthorization['scopes']): string {
  const titles = scopes.map(({ title }, at) =>
    at === 0 ? title : title.charAt(0).toLowerCase() + title.slice(1),
  )
  return titles.slice(0, 3).join(', ')
}

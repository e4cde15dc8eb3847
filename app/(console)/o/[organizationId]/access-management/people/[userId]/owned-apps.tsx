import { counted } from '#components/connected-apps/app-words'
import { AppTile } from '#components/ui/app-tile'
import { StatusDot } from '#components/ui/chip'
import { LineList, Section } from '#components/ui/section'
import { TextLink } from '#components/ui/text-link'
import type { Id } from '#lib/base/ids'
import type { PersonDetails } from '#lib/domain/people/get-person'
import { ownedAppPath, ownedAppsPath } from '../../../paths.ts'

type Props = { person: PersonDetails; organizationId: Id<'organization'>; userId: Id<'user'> }

/** The apps a person owns here, and which of them have a secret that should be rotated. */
export function OwnedApps({ person: { apps }, organizationId, userId }: Props) {
  const all = `${ownedAppsPath(organizationId)}?owner=${userId}`
  return (
    <Section
      title="Apps they own"
      acts={
        apps.total > apps.named.length && (
          <TextLink href={all}>Show all {counted(apps.total, 'app')}</TextLink>
        )
      }
    >
      {apps.total === 0 ? (
        <p className="text-ink-2">They own no app here.</p>
      ) : (
        <LineList label="Apps they own">
          {apps.named.map(({ id, name, isRotationDue }) => (
            <li key={id}>
              <AppTile id={id} name={name} size="small" />
              <TextLink href={ownedAppPath(organizationId, id)} prefetch={false}>
                {name}
              </TextLink>
              {isRotationDue && (
                <span className="ml-auto">
                  <StatusDot tone="bad">Secret should be rotated</StatusDot>
                </span>
              )}
            </li>
          ))}
        </LineList>
      )}
    </Section>
  )
}

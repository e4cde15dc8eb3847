import type { Metadata } from 'next'
import { ButtonLink } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { EffectFigures } from '#components/ui/facts'
import { RelativeTime } from '#components/ui/relative-time'
import { Section } from '#components/ui/section'
import { countText } from '#lib/base/bounded-count'
import { connectedAppsPath } from '../../../../../paths.ts'
import { type AppPageProps, shownApp } from '../shown-app.ts'

export const metadata: Metadata = { title: 'Authorizations' }

/** How much the app is used: by how many people, in how many organizations. */
export default async function AuthorizationsPage({ params }: AppPageProps) {
  const { organizationId, appId } = await params
  const app = await shownApp(organizationId, appId)
  const { people, organizations } = app.usage
  const list = `${connectedAppsPath(app.rootOrganizationId)}/authorizations`
  if (people === 0) {
    return (
      <EmptyState title="Nobody has authorized this app">
        People do so when the app first asks them. They count here until their access is removed.
      </EmptyState>
    )
  }
  return (
    <Section
      title="Live authorizations"
      hint="How many people let this app act for them. Only their own organization sees who they are."
      acts={
        app.abilities.includes('authorizations.list') && (
          <ButtonLink href={`${list}?app=${app.id}`}>See the people here</ButtonLink>
        )
      }
    >
      <EffectFigures
        figures={[
          { value: countText(people), label: people === 1 ? 'person' : 'people' },
          { value: countText(organizations), label: organizations === 1 ? 'organization' : 'organizations' },
          { value: <RelativeTime at={app.lastUsedAt} />, label: 'last used' },
        ]}
      />
    </Section>
  )
}

import type { Metadata } from 'next'
import { counted } from '#components/connected-apps/app-words'
import { PageHeader } from '#components/shell/page-header'
import { Facts } from '#components/ui/facts'
import { Meter } from '#components/ui/meter'
import { Section } from '#components/ui/section'
import { TextLink } from '#components/ui/text-link'
import type { Id } from '#lib/base/ids'
import type { OrganizationSettings } from '#lib/domain/organizations/get-settings'
import { ownedAppPath, peoplePath } from '../../paths.ts'
import { Environments } from './environments.tsx'
import { SettingsForm } from './settings-form.tsx'
import type { SettingsValues } from './settings-words.ts'
import { shownSettings } from './shown-settings.ts'

export const metadata: Metadata = { title: 'Settings' }

type Props = { params: Promise<{ organizationId: Id<'organization'> }> }

/** What an organization is called and what holds in it; rules of the whole tree stand at its root. */
export default async function SettingsPage({ params }: Props) {
  const { organizationId } = await params
  const settings = await shownSettings(organizationId)
  const { rules } = settings
  return (
    <>
      <PageHeader where="Access Management" title="Settings" />
      <div className="flex flex-col gap-x-16 gap-y-10 lg:flex-row">
        <SettingsForm
          organization={{ id: settings.id, version: settings.version, isRoot: rules !== null }}
          saved={savedValues(settings)}
          mayChangeRules={rules !== null && settings.abilities.includes('organizations.change-rules')}
        />
        <div className="flex w-full min-w-0 flex-col gap-8 lg:w-88">
          <Environments organizationId={settings.id} environments={settings.environments} />
          {rules && <RootFacts organizationId={organizationId} rules={rules} />}
        </div>
      </div>
    </>
  )
}

function savedValues({ name, website, rules }: OrganizationSettings): SettingsValues {
  return {
    name,
    website: website ?? '',
    appCreation: rules?.appCreation ?? 'developers',
    secretDaysMax: rules?.secretDaysMax?.toString() ?? '',
    allowsPasswordTokens: rules?.allowsPasswordTokens ?? false,
  }
}

type Rules = NonNullable<OrganizationSettings['rules']>

function RootFacts({ organizationId, rules }: { organizationId: string; rules: Rules }) {
  const { owner, introspecting } = rules
  return (
    <>
      <Section
        title="Limit of apps"
        hint="In the whole organization. Whoever runs this deployment changes it."
      >
        <p>
          <Meter
            value={rules.apps}
            max={rules.appsMax}
            words={`${rules.apps.toLocaleString('en')} of ${counted(rules.appsMax, 'app')}`}
          />
        </p>
      </Section>
      <Section title="Facts">
        <Facts
          facts={[
            {
              label: 'Owner',
              value: <TextLink href={`${peoplePath(organizationId)}/${owner.id}`}>{owner.fullName}</TextLink>,
            },
            {
              label: 'Introspection',
              value:
                introspecting.length === 0
                  ? 'No app sees every token'
                  : introspecting.map(({ id, name }) => (
                      <TextLink key={id} href={ownedAppPath(organizationId, id)} className="block">
                        {name}
                      </TextLink>
                    )),
            },
          ]}
        />
      </Section>
    </>
  )
}

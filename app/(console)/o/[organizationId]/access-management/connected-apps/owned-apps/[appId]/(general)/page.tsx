import { KeyRound } from 'lucide-react'
import type { Metadata } from 'next'
import { ACTS_AS, CLIENT_TYPE, counted, ORIGIN } from '#components/connected-apps/app-words'
import { ButtonLink } from '#components/ui/button'
import { CopyField } from '#components/ui/copy-field'
import { type Fact, Facts } from '#components/ui/facts'
import { Notice } from '#components/ui/notice'
import { DateTime, RelativeTime } from '#components/ui/relative-time'
import { Section } from '#components/ui/section'
import { TextLink } from '#components/ui/text-link'
import { countText } from '#lib/base/bounded-count'
import type { AppDetails } from '#lib/domain/connected-apps/get-app'
import { causeInWords, knowersOf } from '#lib/domain/connected-apps/mark-causes'
import { ownedAppPath } from '../../../../../paths.ts'
import { LastFour } from '../credentials/older-secrets.tsx'
import { type AppPageProps, shownApp } from '../shown-app.ts'
import { DismissMark } from './dismiss-mark.tsx'
import { GeneralForm } from './general-form.tsx'
import { LogoField } from './logo-field.tsx'

export const metadata: Metadata = { title: 'General' }

type Props = AppPageProps & { searchParams: Promise<{ owner?: string }> }

/** What an app is called, whose it is, what it is known by. Opening an app opens it for editing. */
export default async function GeneralPage({ params, searchParams }: Props) {
  const { organizationId, appId } = await params
  const isChangingOwner = (await searchParams).owner === 'change'
  const app = await shownApp(organizationId, appId)
  const base = ownedAppPath(organizationId, appId)
  const mayChangeOwner = app.abilities.includes('connected-apps.change-owner')
  return (
    <>
      {app.rotationDueSince && <RotationDue app={app} base={base} />}
      {!app.requiresPkce && app.actsAs === 'user' && <NoPkce />}
      <div className="flex flex-col gap-x-16 gap-y-10 lg:flex-row">
        <GeneralForm
          app={{ id: app.id, version: app.version, actsAs: app.actsAs, clientType: app.clientType }}
          saved={{
            name: app.name,
            description: app.description,
            website: app.website ?? '',
            ownerId: app.owner.id,
            audience: app.audience,
            grantTypes: app.grantTypes,
            requiresPkce: app.requiresPkce,
          }}
          owner={app.owner}
          mayUpdate={app.abilities.includes('connected-apps.update')}
          mayChangeOwner={mayChangeOwner}
          isChangingOwner={isChangingOwner}
        />
        <div className="flex w-full min-w-0 flex-col gap-8 lg:w-88">
          <Section title="Logo">
            <LogoField
              app={{ id: app.id, name: app.name, logo: app.logo }}
              path={base}
              mayUpdate={app.abilities.includes('connected-apps.update')}
            />
          </Section>
          <Section title="Identity">
            <CopyField label="Client ID" value={app.clientId} />
            {app.clientType === 'server' && <SecretLine app={app} base={base} />}
          </Section>
          <Section title="Facts">
            <Facts facts={factsOf(app)} />
          </Section>
        </div>
      </div>
    </>
  )
}

function RotationDue({ app, base }: { app: AppDetails; base: string }) {
  const mayRotate = app.abilities.includes('connected-apps.rotate-secret')
  const because = app.rotationDueBecause
  const knowers = because && knowersOf(because)
  return (
    <Notice
      icon={<KeyRound aria-hidden />}
      acts={
        mayRotate && (
          <>
            <DismissMark app={{ id: app.id, name: app.name }} because={because} />
            <ButtonLink size="small" href={`${base}/credentials?rotate=now`}>
              Rotate secret…
            </ButtonLink>
          </>
        )
      }
    >
      <span className="font-medium text-ink">The secret should be rotated.</span> The app{' '}
      {because ? causeInWords(because, 1) : 'was marked'} on <DateTime at={app.rotationDueSince} />
      {knowers ? `, and ${knowers} may still know it.` : '.'}
    </Notice>
  )
}

function NoPkce() {
  return (
    <Notice
      acts={
        <ButtonLink size="small" href="#pkce">
          See the switch
        </ButtonLink>
      }
    >
      <span className="font-medium text-ink">PKCE is not required.</span> Whoever catches a code and knows the
      secret can use it. Require it again once the app can do it.
    </Notice>
  )
}

function SecretLine({ app, base }: { app: AppDetails; base: string }) {
  const live = app.secrets.filter((secret) => secret.isLive)
  const [newest] = live
  return (
    <div className="flex flex-col gap-1.5">
      <p className="font-medium">Client secret</p>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <span className="text-ink-2">
          {newest ? (
            <>
              <LastFour value={newest.lastFour} />,{' '}
              {live.length === 1 ? 'the only one' : `one of ${live.length}`}
            </>
          ) : (
            'None that works'
          )}
        </span>
        <TextLink href={`${base}/credentials?rotate=now`}>
          {app.abilities.includes('connected-apps.rotate-secret') ? 'Rotate secret…' : 'See secrets'}
        </TextLink>
      </div>
    </div>
  )
}

function factsOf(app: AppDetails): Fact[] {
  return [
    { label: 'Acts', value: ACTS_AS[app.actsAs].toLowerCase() },
    {
      label: 'Runs on',
      value: (
        <>
          {CLIENT_TYPE[app.clientType]}
          <span className="block text-meta text-muted">
            {app.actsAs === 'itself'
              ? 'Only a server can act for itself.'
              : 'Never changes: whether it can keep a secret decides how it proves itself.'}
          </span>
        </>
      ),
    },
    { label: 'Used by', value: usageOf(app) },
    { label: 'Residence', value: app.residence.name },
    {
      label: 'How it came',
      value: app.registeredBy ? `${ORIGIN[app.origin]} by ${app.registeredBy.name}` : ORIGIN[app.origin],
    },
    {
      label: 'Created',
      value: (
        <>
          <DateTime at={app.createdAt} />
          {app.createdBy && ` by ${app.createdBy.fullName}`}
        </>
      ),
    },
    {
      label: 'Changed',
      value: (
        <>
          <RelativeTime at={app.updatedAt} />
          {app.updatedBy && ` by ${app.updatedBy.fullName}`}
        </>
      ),
    },
    { label: 'Last used', value: <RelativeTime at={app.lastUsedAt} /> },
    ...(app.disabledAt
      ? [
          {
            label: 'Disabled',
            value: (
              <>
                <RelativeTime at={app.disabledAt} />
                {app.disabledBy && ` by ${app.disabledBy.fullName}`}
              </>
            ),
          },
        ]
      : []),
  ]
}

/** Counted to a bound: beyond it nobody reads the difference. */
function usageOf({ actsAs, usage }: AppDetails): string {
  if (actsAs === 'itself') return 'Nobody: it acts for itself'
  if (usage.people === 0) return 'Nobody at the moment'
  const people = usage.people === 1 ? '1 person' : `${countText(usage.people)} people`
  return `${people} in ${counted(usage.organizations, 'organization')}`
}

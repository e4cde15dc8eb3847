import type { Metadata } from 'next'
import { CLIENT_TYPE_HINT } from '#components/connected-apps/app-words'
import { EmptyState } from '#components/ui/empty-state'
import { LIVE_SECRETS_MAX } from '#lib/domain/connected-apps/limits'
import { type AppPageProps, shownApp } from '../shown-app.ts'
import { KeysPanel } from './keys-panel.tsx'
import { SecretsPanel } from './secrets-panel.tsx'

export const metadata: Metadata = { title: 'Credentials' }

type Props = AppPageProps & { searchParams: Promise<{ rotate?: string }> }

/** How the app proves itself: its live secrets and their stories. */
export default async function CredentialsPage({ params, searchParams }: Props) {
  const { organizationId, appId } = await params
  const app = await shownApp(organizationId, appId)
  if (app.clientType !== 'server') {
    return (
      <EmptyState title="This app has no secret">
        {CLIENT_TYPE_HINT[app.clientType]} It proves itself with a fresh code each time (PKCE) instead.
      </EmptyState>
    )
  }
  const keys = app.keys.filter((key) => key.isLive)
  return (
    <>
      <SecretsPanel
        app={{
          id: app.id,
          name: app.name,
          clientId: app.clientId,
          actsAs: app.actsAs,
          secrets: app.secrets.filter((secret) => secret.isLive),
          secretDaysMax: app.secretDaysMax,
        }}
        liveMax={LIVE_SECRETS_MAX}
        mayRotate={app.abilities.includes('connected-apps.rotate-secret')}
        hasKeys={keys.length > 0 || app.jwksUri !== null}
        isRotating={(await searchParams).rotate === 'now'}
      />
      <KeysPanel
        app={{ id: app.id, name: app.name, jwksUri: app.jwksUri, keys }}
        mayChange={app.abilities.includes('connected-apps.change-keys')}
      />
    </>
  )
}

import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { type AppPageProps, shownApp } from '../shown-app.ts'
import { UrisForm } from './uris-form.tsx'

export const metadata: Metadata = { title: 'Redirect URIs' }

/** Where people return to after they allowed the app. */
export default async function RedirectUrisPage({ params }: AppPageProps) {
  const { organizationId, appId } = await params
  const app = await shownApp(organizationId, appId)
  if (app.actsAs === 'itself') notFound()
  return (
    <UrisForm
      app={{ id: app.id, version: app.version, clientType: app.clientType }}
      saved={{ redirectUris: app.redirectUris, initiateLoginUri: app.initiateLoginUri ?? '' }}
      mayUpdate={app.abilities.includes('connected-apps.update')}
    />
  )
}

import { redirect } from 'next/navigation'
import { ownedAppsPath } from './paths.ts'

type Props = { params: Promise<{ organizationId: string }> }

/** An organization's console begins at its apps. */
export default async function OrganizationPage({ params }: Props) {
  redirect(ownedAppsPath((await params).organizationId))
}

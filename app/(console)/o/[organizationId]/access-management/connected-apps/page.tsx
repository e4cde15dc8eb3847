import { redirect } from 'next/navigation'
import { ownedAppsPath } from '../../paths.ts'

type Props = { params: Promise<{ organizationId: string }> }

/** Connected Apps begins at Owned Apps. */
export default async function ConnectedAppsPage({ params }: Props) {
  redirect(ownedAppsPath((await params).organizationId))
}

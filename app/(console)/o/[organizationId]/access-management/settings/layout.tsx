import type { ReactNode } from 'react'
import type { Id } from '#lib/base/ids'
import { idsIn } from '../../../../../ids-in.ts'
import { shownSettings } from './shown-settings.ts'

type Props = { params: Promise<{ organizationId: string }>; children: ReactNode }

/** Whoever may not change the settings is refused here, before anything is sent. */
export default async function SettingsLayout({ params, children }: Props) {
  const { organizationId } = await idsIn<{ organizationId: Id<'organization'> }>(params)
  await shownSettings(organizationId)
  return children
}

import type { ReactNode } from 'react'
import type { Id } from '#lib/base/ids'
import { idsIn } from '../../../../../ids-in.ts'
import { shownBranch } from './shown-branch.ts'

type Props = { params: Promise<{ organizationId: string }>; children: ReactNode }

/** Whoever may not see the branch is refused here, before anything is sent. */
export default async function BusinessGroupsLayout({ params, children }: Props) {
  const { organizationId } = await idsIn<{ organizationId: Id<'organization'> }>(params)
  await shownBranch(organizationId)
  return children
}

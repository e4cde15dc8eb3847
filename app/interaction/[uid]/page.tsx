import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { allowFormAction } from '#lib/base/request-context'
import { sessionIdAtHand } from '#lib/gateways/console/actor'
import { cookieHeader } from '#lib/gateways/console/cookie-header'
import { noticeNamed } from '#lib/gateways/console/notice'
import { readInteraction } from '#lib/gateways/oauth/interaction'
import { ApprovalNeeded } from './approval-needed.tsx'
import { ChooseOrganization } from './choose-organization.tsx'
import { Consent } from './consent.tsx'
import { InteractionSignIn } from './interaction-sign-in.tsx'
import { Stopped } from './stopped.tsx'

export const metadata: Metadata = { title: 'An app asks' }

type Props = {
  params: Promise<{ uid: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** Everything of one interaction: the page follows the verdict, taken anew at each load. Loading it changes nothing an app could notice. */
export default async function InteractionPage({ params, searchParams }: Props) {
  const { uid } = await params
  const query = await searchParams
  const isSwitching = query.account === 'another'
  const isChoosing = query.organization === 'choose'
  const view = await readInteraction({ cookie: await cookieHeader(), uid, isSwitching, isChoosing })
  if (view.kind === 'settled') redirect(view.location)
  if (view.kind === 'gone' || view.kind === 'not-awaited') return <Stopped view={view} />
  if (view.redirectUri) allowFormAction(view.redirectUri)
  const asked = { sessionId: await sessionIdAtHand(), notice: await noticeNamed(query.notice) }
  switch (view.kind) {
    case 'sign-in':
      return <InteractionSignIn view={view} {...asked} isSwitching={isSwitching} />
    case 'choose-organization':
      return <ChooseOrganization view={view} {...asked} />
    case 'consent':
      return <Consent view={view} {...asked} />
    case 'approval-needed':
      return <ApprovalNeeded view={view} {...asked} />
    default:
      return <Stopped view={view} sessionId={asked.sessionId} />
  }
}

import type { Metadata } from 'next'
import { findInvitation } from '#lib/domain/people/find-invitation'
import { currentSession, sessionIdAtHand } from '#lib/gateways/console/actor'
import { noticeNamed } from '#lib/gateways/console/notice'
import { shown } from '#lib/gateways/console/refuse'
import { Gone } from './gone.tsx'
import { JoinAsSignedIn } from './join-as-signed-in.tsx'
import { MakeAccount } from './make-account.tsx'
import { OtherAccount } from './other-account.tsx'
import { SignInFirst } from './sign-in-first.tsx'

/** The link of this page opens a door once: no other page is to learn it. */
export const metadata: Metadata = { title: 'Invitation', referrer: 'no-referrer' }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/**
 * Where an invitation lands. Opening it changes nothing: only the form on it does. Who invites to what, and what is left to
 * do, by whether the invited address has an account and who is signed in at this browser.
 */
export default async function InvitationPage({ searchParams }: Props) {
  const query = await searchParams
  const token = typeof query.token === 'string' ? query.token : ''
  const invitation = await shown(findInvitation(token))
  if (!invitation) return <Gone />
  const [session, sessionId, notice] = await Promise.all([
    currentSession(),
    sessionIdAtHand(),
    noticeNamed(query.notice),
  ])
  const asked = { token, invitation, sessionId, notice }
  const isTheirs = session?.email.toLowerCase() === invitation.email.toLowerCase()
  if (session && isTheirs) return <JoinAsSignedIn {...asked} session={session} />
  if (session && query.account !== 'new') return <OtherAccount {...asked} session={session} />
  return invitation.hasAccount ? <SignInFirst {...asked} /> : <MakeAccount {...asked} session={session} />
}

import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { Message } from '#components/shell/message'
import { PeopleShell } from '#components/shell/people-shell'
import { ButtonLink } from '#components/ui/button'
import { isRefusal } from '#lib/base/refusal'
import { getWayOn, type WayOn } from '#lib/domain/allowlist/get-way-on'
import type { UserActor } from '#lib/domain/permissions/actor'
import { requireActor } from '#lib/gateways/console/actor'
import { type Rest, restOf, startedByUs } from '#lib/gateways/oauth/way-on'
import { DemoBanner } from '../../../demo-banner.tsx'
import { NotForYou } from '../not-for-you.tsx'
import { SignedIn } from '../signed-in.tsx'
import { wordsFor } from './words-for.tsx'

export const metadata: Metadata = { title: 'Your request' }

type Props = { params: Promise<{ requestId: string }> }

/** Where a mailed answer lands: what became of the request, and how its person goes on with the app. Opening it changes nothing. */
export default async function WayOnPage({ params }: Props) {
  const { requestId } = await params
  const path = `/approvals/${encodeURIComponent(requestId)}/app`
  const actor = await requireActor(path)
  const way = await wayOrNothing(actor, requestId)
  if (!way) {
    return (
      <NotForYou actor={actor} path={path} title="This account has not asked for that">
        <p>The address is for whoever asked for an app, signed in with the account they asked with.</p>
      </NotForYou>
    )
  }
  const rest = way.interaction ? await restOf(way.interaction) : null
  const { mark, title, sentences } = wordsFor(way, rest)
  return (
    <PeopleShell banner={<DemoBanner />} aside={<SignedIn name={actor.name} />}>
      <Message mark={mark} title={title} acts={actsFor(way, rest)}>
        {sentences.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </Message>
    </PeopleShell>
  )
}

/** Absent, and asked by others only, look the same. */
async function wayOrNothing(actor: UserActor, requestId: string): Promise<WayOn | null> {
  try {
    return await getWayOn(actor, requestId as Parameters<typeof getWayOn>[1])
  } catch (thrown) {
    if (isRefusal(thrown)) return null
    throw thrown
  }
}

/** Where they stopped, while it is kept; or the app itself, where it says how one begins there. */
function actsFor({ state, app, interaction }: WayOn, rest: Rest | null): ReactNode {
  if (state === 'blocked' || state === 'app-gone')
    return <ButtonLink href="/my-apps">Go to My apps</ButtonLink>
  const kept = rest === 'kept' || rest === 'kept-for-device' ? `/interaction/${interaction}` : null
  const begin = app.initiateLoginUri ? startedByUs(app.initiateLoginUri) : app.website
  return (
    <>
      {kept && (
        <ButtonLink href={kept} variant="primary" isWhole>
          Go on where you stopped
        </ButtonLink>
      )}
      {begin && (
        <ButtonLink href={begin} variant={kept ? 'secondary' : 'primary'} rel="noreferrer">
          {kept ? `Begin anew at ${new URL(begin).host}` : `Go to ${new URL(begin).host}`}
        </ButtonLink>
      )}
      {!kept && !begin && <ButtonLink href="/my-apps">Go to My apps</ButtonLink>}
    </>
  )
}

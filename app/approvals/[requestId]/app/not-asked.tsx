import { Lock } from 'lucide-react'
import { Message } from '#components/shell/message'
import { PeopleShell } from '#components/shell/people-shell'
import { ButtonLink } from '#components/ui/button'
import { TextLink } from '#components/ui/text-link'
import type { UserActor } from '#lib/domain/permissions/actor'
import { DemoBanner } from '../../../demo-banner.tsx'
import { SignedIn } from '../signed-in.tsx'

/** For whoever did not ask this, if it was asked at all. Says nothing of app or people. */
export function NotAsked({ actor, requestId }: { actor: UserActor; requestId: string }) {
  const returnTo = encodeURIComponent(`/approvals/${encodeURIComponent(requestId)}/app`)
  return (
    <PeopleShell
      banner={<DemoBanner />}
      aside={<SignedIn name={actor.name} />}
      foot={
        <p className="text-muted">
          Signed in as <span className="font-medium text-ink">{actor.name}</span> ·{' '}
          <TextLink href={`/sign-in?account=another&returnTo=${returnTo}`}>
            Sign in with another account
          </TextLink>
        </p>
      }
    >
      <Message
        mark={<Lock aria-hidden />}
        title="This account has not asked for that"
        acts={<ButtonLink href="/">Go to Gatehouse</ButtonLink>}
      >
        <p>The address is for whoever asked for an app, signed in with the account they asked with.</p>
      </Message>
    </PeopleShell>
  )
}

import { Lock } from 'lucide-react'
import { Message } from '#components/shell/message'
import { PeopleShell } from '#components/shell/people-shell'
import { ButtonLink } from '#components/ui/button'
import { TextLink } from '#components/ui/text-link'
import type { UserActor } from '#lib/domain/permissions/actor'
import { DemoBanner } from '../../demo-banner.tsx'
import { SignedIn } from './signed-in.tsx'

/** For whoever may not answer this request, if it is there at all. Says nothing of app, scopes or people. */
export function NotYours({ actor, requestId }: { actor: UserActor; requestId: string }) {
  const returnTo = encodeURIComponent(`/approvals/${encodeURIComponent(requestId)}`)
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
        title="Only an administrator of its organization can approve this"
        acts={<ButtonLink href="/">Go to Gatehouse</ButtonLink>}
      >
        <p>
          An approval link is for an administrator of the whole organization it was made in, or a reviewer
          they named; not of another one or of a business group. Nothing was changed.
        </p>
        <p>
          If the link is meant for a colleague, send it to them as it is. It gives nothing away to anyone
          else.
        </p>
      </Message>
    </PeopleShell>
  )
}

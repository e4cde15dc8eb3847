import { Lock } from 'lucide-react'
import type { ReactNode } from 'react'
import { Message } from '#components/shell/message'
import { PeopleShell } from '#components/shell/people-shell'
import { ButtonLink } from '#components/ui/button'
import { TextLink } from '#components/ui/text-link'
import type { UserActor } from '#lib/domain/permissions/actor'
import { DemoBanner } from '../../demo-banner.tsx'
import { SignedIn } from './signed-in.tsx'

type Props = {
  actor: UserActor
  /** The page, for whoever signs in with the right account. */
  path: string
  title: string
  /** Whom it is for. Of the request itself, if it is there at all, nothing: no app, no scopes, no people. */
  children: ReactNode
}

/** The page is not for the account that is signed in; another may have more luck. */
export function NotForYou({ actor, path, title, children }: Props) {
  return (
    <PeopleShell
      banner={<DemoBanner />}
      aside={<SignedIn name={actor.name} />}
      foot={
        <p className="text-muted">
          Signed in as <span className="font-medium text-ink">{actor.name}</span> ·{' '}
          <TextLink href={`/sign-in?account=another&returnTo=${encodeURIComponent(path)}`}>
            Sign in with another account
          </TextLink>
        </p>
      }
    >
      <Message
        mark={<Lock aria-hidden />}
        title={title}
        acts={<ButtonLink href="/">Go to Gatehouse</ButtonLink>}
      >
        {children}
      </Message>
    </PeopleShell>
  )
}

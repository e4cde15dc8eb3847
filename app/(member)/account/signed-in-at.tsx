import { Monitor, Smartphone } from 'lucide-react'
import { FormToken } from '#components/forms/form-token'
import { PlainSubmit } from '#components/forms/plain-submit'
import { Chip } from '#components/ui/chip'
import { DateTime, RelativeTime } from '#components/ui/relative-time'
import { Section } from '#components/ui/section'
import { VisuallyHidden } from '#components/ui/visually-hidden'
import { deviceWords } from '#lib/base/device-words'
import { newFormToken } from '#lib/base/form-token'
import type { OwnSession } from '#lib/domain/users/list-own-sessions'
import { END_SESSION } from './acts.ts'

/** Where a person is signed in, and the way out of each. Plain forms. */
export function SignedInAt({ sessions, sessionId }: { sessions: OwnSession[]; sessionId: string | null }) {
  const token = newFormToken(END_SESSION, sessionId)
  return (
    <Section
      title="Where you are signed in"
      hint="Whatever you do not know, sign out, and change your password."
      acts={
        sessions.length > 1 && (
          <form method="post" action="/account/sessions/end">
            <FormToken token={token} />
            <PlainSubmit name="which" value="others" className="max-sm:h-11">
              Sign out everywhere else
            </PlainSubmit>
          </form>
        )
      }
    >
      <ul className="divide-y divide-line border-y border-line">
        {sessions.map((session) => (
          <li key={session.sessionId} className="flex items-center gap-3 py-3">
            <span className="text-muted [&_.lucide]:size-5">
              {isInTheHand(session.userAgent) ? <Smartphone aria-hidden /> : <Monitor aria-hidden />}
            </span>
            <span className="min-w-0 flex-1">
              <span className="flex flex-wrap items-center gap-x-2">
                <span className="font-medium">{deviceOf(session)}</span>
                {session.isThisOne && <Chip tone="ok">This browser</Chip>}
              </span>
              <span className="block text-meta text-muted [overflow-wrap:anywhere]">
                {!session.isThisOne && (
                  <>
                    <VisuallyHidden>Last seen </VisuallyHidden>
                    <RelativeTime at={session.lastSeenAt} /> ·{' '}
                  </>
                )}
                {session.ip ? `from ${session.ip}` : 'from an unknown address'} · signed in{' '}
                <DateTime at={session.startedAt} withTime />
              </span>
            </span>
            {!session.isThisOne && (
              <form method="post" action="/account/sessions/end">
                <FormToken token={token} />
                <PlainSubmit
                  name="which"
                  value={session.sessionId}
                  aria-label={`Sign out ${deviceOf(session)}`}
                  className="max-sm:h-11"
                >
                  Sign out
                </PlainSubmit>
              </form>
            )}
          </li>
        ))}
      </ul>
    </Section>
  )
}

function deviceOf({ userAgent }: OwnSession): string {
  return deviceWords(userAgent) ?? 'A browser that does not say which'
}

function isInTheHand(userAgent: string | null): boolean {
  return /iPhone|iPad|Android/.test(userAgent ?? '')
}

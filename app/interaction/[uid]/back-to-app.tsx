import { FormToken } from '#components/forms/form-token'
import { PlainSubmit } from '#components/forms/plain-submit'
import { newFormToken } from '#lib/base/form-token'
import type { Asking } from '#lib/gateways/oauth/interaction-view'
import { actOf } from './asked.ts'

/** The way back, empty-handed: the app is told `access_denied` and nothing about the person. */
export function BackToApp({ view, sessionId }: { view: Asking; sessionId: string | null }) {
  return (
    <form method="post" action={`/interaction/${view.uid}/refusal`} className="flex justify-end">
      <FormToken token={newFormToken(actOf(view.uid, 'answer'), sessionId)} />
      <PlainSubmit variant="quiet">{view.redirectUri ? `Back to ${view.app.name}` : 'Cancel'}</PlainSubmit>
    </form>
  )
}

/** Who is signed in, how to be somebody else, and the way back. */
export function PersonFoot({
  view,
  person,
  sessionId,
}: {
  view: Asking
  person: { name: string }
  sessionId: string | null
}) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
      <p className="text-muted">
        Signed in as <span className="font-medium text-ink">{person.name}</span> ·{' '}
        <a
          href={`/interaction/${view.uid}?account=another`}
          className="rounded-small font-medium text-accent-ink no-underline hover:underline"
        >
          Sign in with another account
        </a>
      </p>
      <BackToApp view={view} sessionId={sessionId} />
    </div>
  )
}

import { FormToken } from '#components/forms/form-token'
import { PlainSubmit } from '#components/forms/plain-submit'
import { TextLink } from '#components/ui/text-link'
import { newFormToken } from '#lib/base/form-token'
import type { Asking } from '#lib/gateways/oauth/interaction-view'
import { actOf } from './asked.ts'

/** The way back, empty-handed: the app is told `access_denied` and nothing about the person. */
export function BackToApp({ view, sessionId }: { view: Asking; sessionId: string | null }) {
  return (
    <form method="post" action={`/interaction/${view.uid}/refusal`} className="flex justify-end">
      <FormToken token={newFormToken(actOf(view.uid, 'answer'), sessionId)} />
      <PlainSubmit className="max-sm:h-11">{wayBack(view)}</PlainSubmit>
    </form>
  )
}

/** A name of any length would push the button off a phone. */
const NAME_SHOWN_MAX = 24

function wayBack({ redirectUri, app }: Asking): string {
  if (!redirectUri) return 'Cancel'
  return `Back to ${app.name.length > NAME_SHOWN_MAX ? 'the app' : app.name}`
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
    <div className="flex items-center justify-between gap-4">
      <div className="min-w-0">
        <p className="truncate text-muted">
          Signed in as <span className="font-medium text-ink">{person.name}</span>
        </p>
        <TextLink href={`/interaction/${view.uid}?account=another`} prefetch={false}>
          Sign in with another account
        </TextLink>
      </div>
      <BackToApp view={view} sessionId={sessionId} />
    </div>
  )
}

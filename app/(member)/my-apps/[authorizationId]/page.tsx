import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { FormToken } from '#components/forms/form-token'
import { PlainSubmit } from '#components/forms/plain-submit'
import { EqualButtons } from '#components/shell/people-shell'
import { ButtonLink } from '#components/ui/button'
import { EffectFigures } from '#components/ui/facts'
import { Notice } from '#components/ui/notice'
import { leastText } from '#lib/base/bounded-count'
import { newFormToken } from '#lib/base/form-token'
import type { Id } from '#lib/base/ids'
import { isRefusal } from '#lib/base/refusal'
import { getMyAuthorization } from '#lib/domain/authorizations/get-my-authorization'
import { requireActor } from '#lib/gateways/console/actor'
import { noticeNamed } from '#lib/gateways/console/notice'
import { forErrorPage } from '#lib/gateways/console/refuse'
import { AppPicture } from '../../../app-picture.tsx'
import { removalAct } from './removal-act.ts'

export const metadata: Metadata = { title: 'Remove an app' }

type Props = {
  params: Promise<{ authorizationId: Id<'authorization'> }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** Asks before an app is removed: names it, counts what ends, says that it cannot be undone. A plain form. */
export default async function RemovePage({ params, searchParams }: Props) {
  const { authorizationId } = await params
  const actor = await requireActor(`/my-apps/${encodeURIComponent(authorizationId)}`)
  // Removed a moment ago, or never theirs: the list says what there is.
  const found = await getMyAuthorization(actor, authorizationId).catch((thrown: unknown) => {
    if (isRefusal(thrown)) redirect('/my-apps')
    throw forErrorPage(thrown)
  })
  const notice = await noticeNamed((await searchParams).notice)
  const { app, organization, effect } = found
  return (
    <form
      method="post"
      action={`/my-apps/${authorizationId}/removal`}
      className="flex w-full max-w-lg flex-col gap-4 break-words"
    >
      <FormToken token={newFormToken(removalAct(authorizationId), actor.sessionId ?? null)} />
      <AppPicture id={app.id} name={app.name} size="huge" />
      <div>
        <h1 className="text-title">Remove {app.name}?</h1>
        <p className="mt-1 text-ink-2">
          It can no longer act for you at {organization.name}, from the very next request on. This cannot be
          undone; you can allow it anew from the app.
        </p>
      </div>
      {notice && (
        <Notice tone="bad" isAlert>
          {notice.sentence}
        </Notice>
      )}
      <EffectFigures
        figures={[
          {
            value: leastText(effect.families, effect.isExact),
            label: effect.families === 1 ? 'sign-in ends' : 'sign-ins end',
          },
          {
            value: leastText(effect.tokens, effect.isExact),
            label: effect.tokens === 1 ? 'token ends' : 'tokens end',
          },
        ]}
      />
      <EqualButtons>
        <ButtonLink href="/my-apps" size="large">
          Cancel
        </ButtonLink>
        <PlainSubmit variant="danger-solid" size="large">
          Remove
        </PlainSubmit>
      </EqualButtons>
    </form>
  )
}

import type { ReactNode } from 'react'
import { FormToken } from '#components/forms/form-token'
import { PlainSubmit } from '#components/forms/plain-submit'
import { EqualButtons } from '#components/shell/people-shell'
import { ButtonLink } from '#components/ui/button'
import { Notice } from '#components/ui/notice'
import type { Notice as Told } from '#lib/gateways/console/notice'

/** A page that changes one thing of one's account: what, its fields, Cancel and the act. A plain form. */
export function OwnForm({
  title,
  intro,
  action,
  token,
  notice,
  submit,
  children,
}: {
  title: string
  intro: ReactNode
  action: string
  token: string
  notice: Told | null
  submit: string
  children?: ReactNode
}) {
  const hasFieldErrors = Object.keys(notice?.fields ?? {}).length > 0
  return (
    <form method="post" action={action} className="flex w-full max-w-lg flex-col gap-4 break-words">
      <FormToken token={token} />
      <div>
        <h1 className="text-title">{title}</h1>
        <div className="mt-1 text-ink-2">{intro}</div>
      </div>
      {notice && !hasFieldErrors && (
        <Notice tone="bad" isAlert>
          {notice.sentence}
        </Notice>
      )}
      {children}
      <EqualButtons>
        <ButtonLink href="/account" size="large">
          Cancel
        </ButtonLink>
        <PlainSubmit variant="primary" size="large">
          {submit}
        </PlainSubmit>
      </EqualButtons>
    </form>
  )
}

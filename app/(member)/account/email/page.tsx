import type { Metadata } from 'next'
import { TextField } from '#components/ui/text-field'
import { newFormToken } from '#lib/base/form-token'
import { LINK_MINUTES } from '#lib/domain/users/account-links'
import { getOwnAccount } from '#lib/domain/users/get-own-account'
import { requireActor } from '#lib/gateways/console/actor'
import { noticeNamed } from '#lib/gateways/console/notice'
import { shown } from '#lib/gateways/console/refuse'
import { REQUEST_EMAIL_CHANGE } from '../acts.ts'
import { OwnForm } from '../own-form.tsx'

export const metadata: Metadata = { title: 'Change your e-mail address' }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function EmailPage({ searchParams }: Props) {
  const actor = await requireActor()
  const { email } = await shown(getOwnAccount(actor))
  const notice = await noticeNamed((await searchParams).notice)
  return (
    <OwnForm
      title="Change your e-mail address"
      intro={
        <>
          <span className="font-medium text-ink">{email}</span> stays until you open the link that goes to the
          new address, within {LINK_MINUTES} minutes.
        </>
      }
      action="/account/email/change"
      token={newFormToken(REQUEST_EMAIL_CHANGE, actor.sessionId ?? null)}
      notice={notice}
      submit="Send the link"
    >
      <TextField
        label="New e-mail address"
        name="email"
        type="email"
        size="large"
        defaultValue={notice?.typed.email}
        error={notice?.fields.email}
        autoComplete="email"
        maxLength={254}
        autoFocus={!notice?.typed.email}
        required
      />
      <TextField
        label="Your password"
        name="password"
        type="password"
        size="large"
        hint="Whoever has your mail can choose a new password, so we make sure that it is you."
        error={notice?.fields.password}
        autoComplete="current-password"
        autoFocus={Boolean(notice?.typed.email)}
        required
      />
    </OwnForm>
  )
}

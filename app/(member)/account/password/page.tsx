import type { Metadata } from 'next'
import { TextField } from '#components/ui/text-field'
import { NewPasswordField } from '#components/users/new-password-field'
import { newFormToken } from '#lib/base/form-token'
import { getOwnAccount } from '#lib/domain/users/get-own-account'
import { requireActor } from '#lib/gateways/console/actor'
import { noticeNamed } from '#lib/gateways/console/notice'
import { shown } from '#lib/gateways/console/refuse'
import { CHANGE_PASSWORD } from '../acts.ts'
import { OwnForm } from '../own-form.tsx'

export const metadata: Metadata = { title: 'Change your password' }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function PasswordPage({ searchParams }: Props) {
  const actor = await requireActor()
  const { username } = await shown(getOwnAccount(actor))
  const notice = await noticeNamed((await searchParams).notice)
  return (
    <OwnForm
      title="Change your password"
      intro="Every other browser you are signed in at is signed out. Apps you allowed keep working."
      action="/account/password/change"
      token={newFormToken(CHANGE_PASSWORD, actor.sessionId ?? null)}
      notice={notice}
      submit="Change password"
    >
      <TextField
        label="Present password"
        name="currentPassword"
        type="password"
        size="large"
        error={notice?.fields.currentPassword}
        autoComplete="current-password"
        autoFocus
        required
      />
      <NewPasswordField username={username} error={notice?.fields.newPassword} />
    </OwnForm>
  )
}

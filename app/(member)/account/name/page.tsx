import type { Metadata } from 'next'
import { TextField } from '#components/ui/text-field'
import { newFormToken } from '#lib/base/form-token'
import { requireActor } from '#lib/gateways/console/actor'
import { noticeNamed } from '#lib/gateways/console/notice'
import { CHANGE_NAME } from '../acts.ts'
import { OwnForm } from '../own-form.tsx'

export const metadata: Metadata = { title: 'Change your name' }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function NamePage({ searchParams }: Props) {
  const actor = await requireActor()
  const notice = await noticeNamed((await searchParams).notice)
  return (
    <OwnForm
      title="Change your name"
      intro="Colleagues and administrators see it, and apps you let see it. What is written in the audit log keeps the name of its day."
      action="/account/name/change"
      token={newFormToken(CHANGE_NAME, actor.sessionId ?? null)}
      notice={notice}
      submit="Change name"
    >
      <TextField
        label="Name"
        name="fullName"
        size="large"
        defaultValue={notice?.typed.fullName ?? actor.name}
        error={notice?.fields.fullName}
        autoComplete="name"
        maxLength={100}
        autoFocus
        required
      />
    </OwnForm>
  )
}

import type { Metadata } from 'next'
import { FormToken } from '#components/forms/form-token'
import { PlainSubmit } from '#components/forms/plain-submit'
import { PeopleShell } from '#components/shell/people-shell'
import { Notice } from '#components/ui/notice'
import { TextField } from '#components/ui/text-field'
import { TextLink } from '#components/ui/text-link'
import { newFormToken } from '#lib/base/form-token'
import { getMailState } from '#lib/domain/mail/get-mail-state'
import { sessionIdAtHand } from '#lib/gateways/console/actor'
import { noticeNamed } from '#lib/gateways/console/notice'
import { shown } from '#lib/gateways/console/refuse'
import { DemoBanner } from '../../demo-banner.tsx'

export const metadata: Metadata = { title: 'Forgotten password' }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** Asks whose password it is. What comes next says the same whether there is such an account or not. */
export default async function ForgottenPasswordPage({ searchParams }: Props) {
  const notice = await noticeNamed((await searchParams).notice)
  const { trouble } = await shown(getMailState())
  return (
    <PeopleShell
      width="slim"
      banner={<DemoBanner />}
      below={<TextLink href="/sign-in">Back to sign in</TextLink>}
    >
      <h1 className="mb-1 text-title">Forgotten your password?</h1>
      <p className="mb-5 text-ink-2">
        Say who you are, and a link to choose a new one goes to the e-mail address of your account.
      </p>
      <form method="post" action="/forgotten-password/link" className="flex flex-col gap-4">
        <FormToken token={newFormToken('forgotten-password', await sessionIdAtHand())} />
        {trouble && (
          <Notice tone="warn">
            Mail does not go out here at the moment: a link may come too late. Ask whoever runs this
            Gatehouse.
          </Notice>
        )}
        {notice && !notice.fields.login && (
          <Notice tone="bad" isAlert>
            {notice.sentence}
          </Notice>
        )}
        <TextField
          label="Username or e-mail address"
          name="login"
          size="large"
          defaultValue={notice?.typed.login}
          error={notice?.fields.login}
          autoComplete="username"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          autoFocus
          maxLength={320}
          required
        />
        <PlainSubmit variant="primary" size="large" wide>
          Send me a link
        </PlainSubmit>
      </form>
    </PeopleShell>
  )
}

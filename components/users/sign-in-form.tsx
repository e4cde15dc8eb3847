import { FormToken } from '#components/forms/form-token'
import { PlainSubmit } from '#components/forms/plain-submit'
import { Notice } from '#components/ui/notice'
import { TextField } from '#components/ui/text-field'
import { TextLink } from '#components/ui/text-link'

export type SignInFormProps = {
  /** Where the form posts to. */
  action: string
  token: string
  /** Why the last attempt was refused, and what had been typed. */
  notice?: {
    sentence: string
    fields: Readonly<Record<string, string>>
    typed: Readonly<Record<string, string>>
  } | null
}

/** Username or e-mail address and password. A plain form: works without script, and with password managers. */
export function SignInForm({ action, token, notice }: SignInFormProps) {
  const hasFieldErrors = Object.keys(notice?.fields ?? {}).length > 0
  return (
    <form method="post" action={action} className="flex flex-col gap-4">
      <FormToken token={token} />
      {notice && !hasFieldErrors && (
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
        autoFocus={!notice?.typed.login}
        maxLength={320}
        required
      />
      <TextField
        label="Password"
        name="password"
        type="password"
        size="large"
        error={notice?.fields.password}
        autoComplete="current-password"
        autoFocus={Boolean(notice?.typed.login)}
        required
      />
      <PlainSubmit variant="primary" size="large" wide>
        Sign in
      </PlainSubmit>
      <TextLink href="/forgotten-password" className="self-center">
        Forgotten your password?
      </TextLink>
    </form>
  )
}

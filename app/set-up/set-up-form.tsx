import { FormToken } from '#components/forms/form-token'
import { PlainSubmit } from '#components/forms/plain-submit'
import { Notice } from '#components/ui/notice'
import { TextField } from '#components/ui/text-field'
import { PASSWORD_LENGTH_MIN } from '#lib/domain/users/schema'
import type { Notice as Refused } from '#lib/gateways/console/notice'

/** One form, from the code to the password. What was typed is kept when something is refused; code and password are not. */
export function SetUpForm({ token, notice }: { token: string; notice: Refused | null }) {
  const field = (name: string) => ({
    name,
    size: 'large' as const,
    required: true,
    defaultValue: notice?.typed[name],
    error: notice?.fields[name],
  })
  const hasFieldErrors = Object.keys(notice?.fields ?? {}).length > 0
  return (
    <form method="post" action="/set-up/organization" className="flex flex-col gap-4">
      <FormToken token={token} />
      {notice && (
        <Notice tone="bad" isAlert>
          {hasFieldErrors ? 'Something below is not right yet. Nothing was made.' : notice.sentence}
        </Notice>
      )}
      <TextField
        {...field('code')}
        label="One-time code"
        hint="The server’s log shows it, for one hour."
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus={!notice}
        mono
      />
      <TextField
        {...field('organizationName')}
        label="Organization"
        autoComplete="organization"
        maxLength={100}
      />
      <TextField {...field('fullName')} label="Your name" autoComplete="name" maxLength={100} />
      <TextField
        {...field('email')}
        label="Your e-mail address"
        type="email"
        autoComplete="email"
        maxLength={254}
      />
      <TextField
        {...field('username')}
        label="Username"
        hint="Letters, digits, dots, dashes and underscores."
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={64}
      />
      <TextField
        {...field('password')}
        label="Password"
        type="password"
        hint={`At least ${PASSWORD_LENGTH_MIN} characters. A few words are easier than signs.`}
        autoComplete="new-password"
        minLength={PASSWORD_LENGTH_MIN}
      />
      <PlainSubmit variant="primary" size="large" wide>
        Set up
      </PlainSubmit>
    </form>
  )
}

import { FormToken } from '#components/forms/form-token'
import { PlainSubmit } from '#components/forms/plain-submit'
import { Notice } from '#components/ui/notice'
import { TextField } from '#components/ui/text-field'
import { CredentialFields, FullNameField, typedField } from '#components/users/new-account-fields'
import type { Notice as Refused } from '#lib/gateways/console/notice'

/** One form, from the code to the password. What was typed is kept when something is refused; code and password are not. */
export function SetUpForm({ token, notice }: { token: string; notice: Refused | null }) {
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
        {...typedField(notice, 'code')}
        label="One-time code"
        hint="The server’s log shows it, for one hour."
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus={!notice}
        mono
      />
      <TextField
        {...typedField(notice, 'organizationName')}
        label="Organization"
        autoComplete="organization"
        maxLength={100}
      />
      <FullNameField notice={notice} />
      <TextField
        {...typedField(notice, 'email')}
        label="Your e-mail address"
        type="email"
        autoComplete="email"
        maxLength={254}
      />
      <CredentialFields notice={notice} />
      <PlainSubmit variant="primary" size="large" wide>
        Set up
      </PlainSubmit>
    </form>
  )
}

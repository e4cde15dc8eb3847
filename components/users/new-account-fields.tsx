import { TextField } from '#components/ui/text-field'
import { PASSWORD_LENGTH_MIN } from '#lib/domain/users/schema'

/** What a refused form says of its fields, by their names. */
type Refused = {
  typed: Readonly<Record<string, string>>
  fields: Readonly<Record<string, string>>
}

/** What a field of a plain form shows after a refusal: what was typed there, and what is wrong with it. */
export function typedField(notice: Refused | null, name: string) {
  return {
    name,
    size: 'large' as const,
    required: true,
    defaultValue: notice?.typed[name],
    error: notice?.fields[name],
  }
}

/** The name of whoever makes an account. */
export function FullNameField({ notice }: { notice: Refused | null }) {
  return (
    <TextField {...typedField(notice, 'fullName')} label="Your name" autoComplete="name" maxLength={100} />
  )
}

/** What they sign in with from then on. */
export function CredentialFields({ notice }: { notice: Refused | null }) {
  return (
    <>
      <TextField
        {...typedField(notice, 'username')}
        label="Username"
        hint="Letters, digits, dots, dashes and underscores."
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={64}
      />
      <TextField
        {...typedField(notice, 'password')}
        label="Password"
        type="password"
        hint={`At least ${PASSWORD_LENGTH_MIN} characters. A few words are easier than signs.`}
        autoComplete="new-password"
        minLength={PASSWORD_LENGTH_MIN}
      />
    </>
  )
}

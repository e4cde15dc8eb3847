import { TextField } from '#components/ui/text-field'
import { PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN } from '#lib/domain/users/schema'

/** A new password, and beside it, unseen, whose it is: password managers keep the two together. */
export function NewPasswordField({
  username,
  error,
  autoFocus,
}: {
  username: string
  error?: string
  autoFocus?: boolean
}) {
  return (
    <>
      <input type="text" name="username" value={username} autoComplete="username" readOnly hidden />
      <TextField
        label="New password"
        name="newPassword"
        type="password"
        size="large"
        hint={`At least ${PASSWORD_LENGTH_MIN} characters. A few words are easier than signs.`}
        error={error}
        autoComplete="new-password"
        autoFocus={autoFocus}
        minLength={PASSWORD_LENGTH_MIN}
        maxLength={PASSWORD_LENGTH_MAX}
        required
      />
    </>
  )
}

import { z } from 'zod'
import { idSchema } from '../../base/id-schema.ts'
import { isVisible, UNSEEN_SENTENCE } from '../../base/visible-text.ts'

/** NIST SP 800-63B asks for 8 with a second factor and 15 without; a sentence of a few words has 12 at once. */
export const PASSWORD_LENGTH_MIN = 12
/** Hashing a longer one would only keep a core busy. */
export const PASSWORD_LENGTH_MAX = 200

/** As long as a script of an afternoon needs; whoever finds the token in a log tomorrow finds nothing. */
export const PERSONAL_TOKEN_MINUTES = 60
/** What a sign-in asks everyone for (RFC 8176 `amr` values). */
export const FACTORS_OF_EVERYONE: readonly string[] = ['pwd']

export const userIdSchema = idSchema('user', 'That is no person’s ID.')

export const usernameSchema = z
  .string()
  .trim()
  .min(2, 'A username has at least 2 characters.')
  .max(64, 'A username has at most 64 characters.')
  .regex(/^[\p{L}\p{N}._-]+$/u, 'A username has letters, digits, dots, dashes and underscores only.')

export const emailSchema = z
  .string()
  .trim()
  .max(254, 'An e-mail address has at most 254 characters.')
  .pipe(z.email('That is no e-mail address.'))

export const fullNameSchema = z
  .string()
  .trim()
  .min(1, 'A name is needed.')
  .max(100, 'A name has at most 100 characters.')
  .refine(isVisible, UNSEEN_SENTENCE)

export const passwordSchema = z
  .string()
  .min(PASSWORD_LENGTH_MIN, `A password has at least ${PASSWORD_LENGTH_MIN} characters.`)
  .max(PASSWORD_LENGTH_MAX, `A password has at most ${PASSWORD_LENGTH_MAX} characters.`)

export const changeNameSchema = z.object({ fullName: fullNameSchema })
export type ChangeNameInput = z.input<typeof changeNameSchema>

/** Anything that may be somebody's: what a password must be like is asked of new ones alone. */
const typedPasswordSchema = z
  .string()
  .min(1, 'Enter your password.')
  .max(1024, 'That is too long to be a password.')

export const changePasswordSchema = z.object({
  currentPassword: typedPasswordSchema,
  newPassword: passwordSchema,
})
export type ChangePasswordInput = z.input<typeof changePasswordSchema>

export const requestEmailChangeSchema = z.object({ email: emailSchema, password: typedPasswordSchema })
export type RequestEmailChangeInput = z.input<typeof requestEmailChangeSchema>

/** What stands in a mailed link: 256 bits in base64url. Whatever else is typed there is a link that is good no more. */
const linkTokenSchema = z.string().max(100).catch('')

export const confirmEmailChangeSchema = z.object({ token: linkTokenSchema })
export type ConfirmEmailChangeInput = z.input<typeof confirmEmailChangeSchema>

export const requestPasswordResetSchema = z.object({
  login: z
    .string()
    .trim()
    .min(1, 'Enter your username or e-mail address.')
    .max(320, 'That is too long to be a username.'),
})
export type RequestPasswordResetInput = z.input<typeof requestPasswordResetSchema>

export const resetPasswordSchema = z.object({ token: linkTokenSchema, newPassword: passwordSchema })
export type ResetPasswordInput = z.input<typeof resetPasswordSchema>

/** What a person signs in with: a username has no @, an address always has one. */
export const loginSchema = z
  .string()
  .trim()
  .min(1, 'Give a username or an e-mail address.')
  .max(254, 'That is longer than any username or e-mail address.')

export const nameOperatorSchema = z.object({ login: loginSchema })
export type NameOperatorInput = z.input<typeof nameOperatorSchema>

export const endOperatorSchema = z.object({ userId: userIdSchema })
export type EndOperatorInput = z.input<typeof endOperatorSchema>

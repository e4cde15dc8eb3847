/* What each form of these pages does: its token is good for that alone. */
export const CHANGE_NAME = 'change-name'
export const CHANGE_PASSWORD = 'change-password'
export const REQUEST_EMAIL_CHANGE = 'request-email-change'
export const CONFIRM_EMAIL_CHANGE = 'confirm-email-change'
export const END_SESSION = 'end-session'

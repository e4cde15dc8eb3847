/** What can be left to do later, each with what it is told: ids alone, because a queue is no place for a secret. */
export type Jobs = {
  'send-mail': { mailId: string }
  'rotate-many': { bulkRotationId: string }
  'tell-of-requests': { rootOrganizationId: string }
  'end-blocked-requests': { rootOrganizationId: string; appId: string }
  'end-requests-of-app': { appId: string }
  'count-removal': { removalId: string }
  /** For nobody too, so that asking tells nothing; and where it was asked from, which the mail names. */
  'mail-password-reset': {
    userId: string | null
    origin: { ip?: string | undefined; userAgent?: string | undefined; requestId?: string | undefined }
  }
}

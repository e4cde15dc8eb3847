import { randomBytes } from 'node:crypto'
import { environment } from '../../base/env.ts'

/** What makes a link an invitation: 256 random bits, kept as a hash alone. */
export function newInvitationToken(): string {
  return randomBytes(32).toString('base64url')
}

/** The link of an invitation. The token stands in the query, which no log keeps. */
export function invitationLink(token: string): string {
  return `${environment().publicUrl}/invitation?token=${token}`
}

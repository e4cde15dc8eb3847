import type { Mail } from '../mail/queue-mail.ts'
import type { Role } from '../permissions/standing.ts'
import { INVITATION_DAYS } from './schema.ts'

type Invited = {
  email: string
  role: Role
  organizationName: string
  /** The root organization's, where the invitation is into a business group of it. */
  rootName: string | null
  /** Null: an app sent it, or the process itself. */
  senderName: string | null
  link: string
}

const ROLE_IN_A_SENTENCE: Record<Role, string> = {
  administrator: 'as an administrator: you look after its apps, its people and its policy.',
  developer: 'as a developer: you create apps there and look after the ones you own.',
  member: 'as a member: you may let apps act for you there.',
}

/** What is written to somebody who is invited. Names are shown as they are: whoever made them could hide nothing in them. */
export function invitationMail(invited: Invited): Omit<Mail, 'rootOrganizationId'> {
  const { email, role, organizationName, rootName, senderName, link } = invited
  const place = rootName ? `${organizationName}, a business group of ${rootName}` : organizationName
  return {
    kind: 'invitation',
    to: email,
    subject: `You are invited to ${organizationName}`,
    text: [
      `${senderName ?? 'An administrator'} invites you to ${place}, ${ROLE_IN_A_SENTENCE[role]}`,
      'See who invites you to what, and join:',
      link,
      `The link is for you alone. It works once, and for ${INVITATION_DAYS} days. Opening it changes nothing.`,
      'If you did not expect this, you need not do anything.',
    ].join('\n\n'),
  }
}

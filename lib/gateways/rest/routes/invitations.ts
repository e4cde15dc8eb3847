import { z } from 'zod'
import { listInvitations } from '../../../domain/people/list-invitations.ts'
import { invitationFields } from '../../../domain/people/schema.ts'
import { sendInvitationAgain } from '../../../domain/people/send-invitation-again.ts'
import { sendInvitations } from '../../../domain/people/send-invitations.ts'
import { withdrawInvitation } from '../../../domain/people/withdraw-invitation.ts'
import { inOrganization, ofInvitation } from '../again.ts'
import { invitationOf, organizationOf } from '../named.ts'
import { cursor, search } from '../query.ts'
import { type Route, route } from '../route.ts'
import { invitations, sentAgain, sentInvitations } from '../shapes/people.ts'

export const INVITATION_ROUTES: readonly Route[] = [
  route({
    method: 'GET',
    path: '/organizations/{organization}/invitations',
    operation: 'listInvitations',
    summary: 'List who is invited to an organization or below it and has not answered, the newest first.',
    needs: 'invitations.list',
    query: z.object({ search, cursor }),
    answer: invitations,
    run: async (call) => {
      const input = { ...call.query, organizationId: organizationOf(call) }
      const { invitations: data, ...more } = await listInvitations(call.actor, input)
      return { body: { data, ...more } }
    },
  }),
  route({
    method: 'POST',
    path: '/organizations/{organization}/invitations',
    operation: 'sendInvitations',
    summary: 'Invite people by mail to a place in an organization or business group.',
    more: 'Each address gets a link that is good once and for seven days. It is answered to nobody here.',
    needs: 'invitations.send',
    body: invitationFields,
    answer: sentInvitations,
    creates: { again: inOrganization },
    refuses: ['conflict', 'limit-reached'],
    run: async (call) => ({
      body: await sendInvitations(call.actor, { ...call.body, organizationId: organizationOf(call) }),
    }),
  }),
  route({
    method: 'POST',
    path: '/invitations/{invitation}/mails',
    operation: 'sendInvitationAgain',
    summary: 'Send an open invitation again, with a new link for another seven days.',
    more: 'The link sent before leads nowhere from then on.',
    needs: 'invitations.send',
    answer: sentAgain,
    creates: { again: ofInvitation },
    refuses: ['conflict', 'limit-reached'],
    run: async (call) => ({
      body: await sendInvitationAgain(call.actor, { invitationId: invitationOf(call) }),
    }),
  }),
  route({
    method: 'DELETE',
    path: '/invitations/{invitation}',
    operation: 'withdrawInvitation',
    summary: 'Withdraw an open invitation: its link leads nowhere.',
    needs: 'invitations.send',
    refuses: ['conflict'],
    run: async (call) => {
      await withdrawInvitation(call.actor, { invitationId: invitationOf(call) })
      return {}
    },
  }),
]

'use server'

import { changeRole } from '#lib/domain/offboarding/change-role'
import { deactivateUser } from '#lib/domain/offboarding/deactivate-user'
import { deleteUser } from '#lib/domain/offboarding/delete-user'
import { endUserSessions } from '#lib/domain/offboarding/end-user-sessions'
import { reactivateUser } from '#lib/domain/offboarding/reactivate-user'
import { removeMember } from '#lib/domain/offboarding/remove-member'
import { sendPasswordReset } from '#lib/domain/offboarding/send-password-reset'
import { transferRootOwnership } from '#lib/domain/offboarding/transfer-root-ownership'
import { addMember } from '#lib/domain/organizations/add-member'
import { addToGroup } from '#lib/domain/people/add-to-group'
import { createGroup } from '#lib/domain/people/create-group'
import { deleteGroup } from '#lib/domain/people/delete-group'
import { removeFromGroup } from '#lib/domain/people/remove-from-group'
import { sendInvitationAgain } from '#lib/domain/people/send-invitation-again'
import { sendInvitations } from '#lib/domain/people/send-invitations'
import { updateGroup } from '#lib/domain/people/update-group'
import { withdrawInvitation } from '#lib/domain/people/withdraw-invitation'
import { consoleAction } from '#lib/gateways/console/action'

export const add = consoleAction(addMember)
export const setRole = consoleAction(changeRole)
export const remove = consoleAction(removeMember)
export const transfer = consoleAction(transferRootOwnership)
export const deactivate = consoleAction(deactivateUser)
export const reactivate = consoleAction(reactivateUser)
export const deleteAccount = consoleAction(deleteUser)
export const sendPasswordLink = consoleAction(sendPasswordReset)
export const endSessions = consoleAction(endUserSessions)
export const invite = consoleAction(sendInvitations)
export const sendAgain = consoleAction(sendInvitationAgain)
export const withdraw = consoleAction(withdrawInvitation)
export const makeGroup = consoleAction(createGroup)
export const saveGroup = consoleAction(updateGroup)
export const removeGroup = consoleAction(deleteGroup)
export const putInGroup = consoleAction(addToGroup)
export const takeFromGroup = consoleAction(removeFromGroup)

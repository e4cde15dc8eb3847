import { openAllowlist } from '../../domain/allowlist/open-allowlist.ts'
import type { askAgain } from '../../domain/api-calls/ask-again.ts'
import { openApi } from '../../domain/connected-apps/open-api.ts'
import { openApp } from '../../domain/connected-apps/open-app.ts'
import { checkAccount } from '../../domain/offboarding/check-account.ts'
import { openOrganization } from '../../domain/organizations/open-organization.ts'
import { openInvitation } from '../../domain/people/open-invitation.ts'
import type { Actor } from '../../domain/permissions/actor.ts'
import type { Permission } from '../../domain/permissions/catalogue.ts'
import { checkInRoot } from '../../domain/permissions/check-root.ts'
import { apiOf, appOf, invitationOf, organizationOf, userOf } from './named.ts'

type Tx = Parameters<Parameters<typeof askAgain>[0]>[0]

/**
 * What a request that makes something opens, opened again before its kept answer is shown a second time: whoever asks may
 * have lost the right since, whatever their token still holds.
 */
export type Again = (
  tx: Tx,
  call: { actor: Actor; ids: Record<string, string> },
  needs: Permission,
) => Promise<unknown>

export const inOrganization: Again = (tx, call, needs) =>
  openOrganization(tx, call.actor, organizationOf(call), needs)

export const ofApp: Again = (tx, call, needs) => openApp(tx, call.actor, appOf(call), needs)

export const ofApi: Again = (tx, call, needs) => openApi(tx, call.actor, apiOf(call), needs)

export const ofAccount: Again = (tx, call, needs) => checkAccount(tx, call.actor, userOf(call), needs)

export const ofInvitation: Again = (tx, call) => openInvitation(tx, call.actor, invitationOf(call))

export const inAllowlist: Again = (tx, call, needs) =>
  openAllowlist(tx, call.actor, organizationOf(call), needs)

export const inAuthorizations: Again = (tx, call, needs) =>
  checkInRoot(tx, call.actor, organizationOf(call), needs)

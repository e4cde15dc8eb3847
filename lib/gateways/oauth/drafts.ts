import type { Id } from '../../base/ids.ts'
import { requestIfAny } from '../../base/request-context.ts'
import { visitor } from '../../base/visitor.ts'
import { rememberOrganization } from '../../domain/authorizations/organization-choices.ts'
import { startTokenFamilyOfCode } from '../../domain/authorizations/token-families.ts'
import type { DeviceInfo } from './device-flow.ts'

/** A token family that begins only if this request ends with a code. */
export type Draft = {
  familyId: Id<'tokenFamily'>
  authorizationId: Id<'authorization'>
  userId: Id<'user'>
  appId: Id<'app'>
  rootOrganizationId: Id<'organization'>
  scopes: readonly string[]
}

const DRAFTS = Symbol('drafts of token families')

export function keepDraft(draft: Draft): void {
  requestIfAny()?.lookedUp.set(DRAFTS, draft)
}

/**
 * Begins the family a code or device code is issued under. Without a grant, as for a device code nobody confirmed yet, there is none.
 * `from` is where its tokens will be held: this browser, or the device whose code is confirmed in it.
 */
export async function startFamilyOf(
  grantId: string | undefined,
  from: DeviceInfo = visitor(),
): Promise<void> {
  if (!grantId) return
  const held = requestIfAny()?.lookedUp
  const draft = held?.get(DRAFTS) as Draft | undefined
  if (draft?.familyId !== grantId) return
  held?.delete(DRAFTS)
  await startTokenFamilyOfCode({ ...draft, ip: from.ip, userAgent: from.userAgent })
  await rememberOrganization(draft.userId, draft.appId, draft.rootOrganizationId)
}

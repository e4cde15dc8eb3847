import { and, gt, isNull, lt, sql } from 'drizzle-orm'
import { type Transaction, transaction } from '#db/client'
import { setupCodes } from '#db/schema/deployment'
import { users } from '#db/schema/users'
import { type Id, newId } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { sameDigest } from '../../base/secrets.ts'
import { record } from '../audit/record.ts'
import type { SystemActor } from '../permissions/actor.ts'
import { hashPassword } from '../users/passwords.ts'
import { plantOrganization } from './plant-organization.ts'
import {
  type CreateFirstOrganizationInput,
  createFirstOrganizationSchema,
  SETUP_CODE_FAILURES_MAX,
} from './schema.ts'
import { hashSetupCode, isSetUp } from './setup-codes.ts'

type Made = { organizationId: Id<'organization'>; userId: Id<'user'> }

/**
 * The first visit: whoever has the code from the log becomes the operator, and the owner of the first organization.
 * The code is used up in the same transaction. A wrong one counts against the present code, which ends after ten.
 * Refuses once any organization exists.
 */
export async function createFirstOrganization(
  actor: SystemActor,
  input: CreateFirstOrganizationInput,
): Promise<Made> {
  const given = parse(createFirstOrganizationSchema, input)
  const passwordHash = await hashPassword(given.password)
  const made = await transaction(async (tx) => {
    // Counting a wrong code must outlive the refusal, so this transaction ends well and the refusal follows it.
    const known = await useUpCode(tx, given.code)
    if (!known || (await isSetUp(tx))) return known ? 'already-set-up' : 'wrong-code'
    const userId = newId('user')
    const { username, email, fullName } = given
    await tx
      .insert(users)
      .values({ id: userId, username, email, fullName, passwordHash, operatorSince: sql`now()` })
    const organizationId = await plantOrganization(tx, { name: given.organizationName, ownerId: userId })
    await record(tx, actor, {
      name: 'organization.created',
      rootOrganizationId: organizationId,
      subject: { id: organizationId, name: given.organizationName },
      details: { ownerId: userId, ownerName: fullName, isFirst: true },
    })
    return { organizationId, userId }
  })
  if (made === 'already-set-up')
    throw new Refusal('conflict', 'Gatehouse is already set up. Sign in instead.')
  if (made === 'wrong-code') {
    const sentence = 'That is not the present code. The log shows it; restarting makes a new one.'
    throw new Refusal('invalid', sentence, { code: sentence })
  }
  return made
}

/** Marks the code as used and says whether it was right. Two at once: the row lock lets one through. */
async function useUpCode(tx: Transaction, code: string): Promise<boolean> {
  const [present] = await tx
    .select({ codeHash: setupCodes.codeHash })
    .from(setupCodes)
    .where(
      and(
        isNull(setupCodes.usedAt),
        gt(setupCodes.expiresAt, sql`now()`),
        lt(setupCodes.failedAttempts, SETUP_CODE_FAILURES_MAX),
      ),
    )
    .for('update')
  if (!present) return false
  const isRight = sameDigest(present.codeHash, hashSetupCode(code))
  await tx
    .update(setupCodes)
    .set(isRight ? { usedAt: sql`now()` } : { failedAttempts: sql`${setupCodes.failedAttempts} + 1` })
    .where(isNull(setupCodes.usedAt))
  return isRight
}

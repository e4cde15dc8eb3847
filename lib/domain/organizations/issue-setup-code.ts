import { isNull, sql } from 'drizzle-orm'
import { transaction } from '#db/client'
import { setupCodes } from '#db/schema/deployment'
import { SETUP_CODE_MINUTES } from './schema.ts'
import { hashSetupCode, isSetUp, newSetupCode } from './setup-codes.ts'

/**
 * Makes the one-time code of the first visit, good for an hour; the process prints it in its log. Codes made
 * before and not used end. Returns null when an organization exists: there is nothing left to set up.
 */
export async function issueSetupCode(): Promise<string | null> {
  return transaction(async (tx) => {
    if (await isSetUp(tx)) return null
    await tx.delete(setupCodes).where(isNull(setupCodes.usedAt))
    const code = newSetupCode()
    await tx.insert(setupCodes).values({
      codeHash: hashSetupCode(code),
      expiresAt: sql`now() + make_interval(mins => ${SETUP_CODE_MINUTES})`,
    })
    return code
  })
}

import { eq } from 'drizzle-orm'
import { transaction } from '#db/client'
import { signingKeys } from '#db/schema/signing-keys'
import { open, seal } from '../../base/encryption.ts'
import { previousKeyFor } from '../../base/secret-key.ts'

/**
 * Seals every private key anew under the present SECRET_KEY, while the one before it is still known: afterwards the
 * former is not needed for them. Returns how many there are; none when no change of the key is under way.
 */
export async function resealSigningKeys(): Promise<number> {
  if (!previousKeyFor('sealing')) return 0
  return transaction(async (tx) => {
    const rows = await tx
      .select({ id: signingKeys.id, sealedPrivateJwk: signingKeys.sealedPrivateJwk })
      .from(signingKeys)
      .orderBy(signingKeys.id)
      .for('update')
    for (const { id, sealedPrivateJwk } of rows) {
      await tx
        .update(signingKeys)
        .set({ sealedPrivateJwk: seal(open(sealedPrivateJwk, id), id) })
        .where(eq(signingKeys.id, id))
    }
    return rows.length
  })
}

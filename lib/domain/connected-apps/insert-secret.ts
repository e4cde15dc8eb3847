import type { Transaction } from '#db/client'
import { appSecrets } from '#db/schema/connected-apps'
import { type Id, newId } from '../../base/ids.ts'
import { keyFor } from '../../base/secret-key.ts'
import { hashSecret, newClientSecret } from '../../base/secrets.ts'
import type { Life } from './settle-life.ts'

export type NewSecret = { secretId: Id<'secret'>; secret: string; expiresAt: Date | null }

/** Adds a live secret to an app: the given value or a new one. The plain value is returned once and stored nowhere. */
export async function insertSecret(
  tx: Transaction,
  given: {
    appId: Id<'app'>
    name: string
    value?: string | undefined
    createdBy: Id<'user'> | null
    life: Life
  },
): Promise<NewSecret> {
  const secret = given.value ?? newClientSecret()
  const secretId = newId('secret')
  await tx.insert(appSecrets).values({
    id: secretId,
    appId: given.appId,
    name: given.name,
    hash: hashSecret(secret, keyFor('secret-hashing')),
    lastFour: secret.slice(-4),
    source: given.value === undefined ? 'generated' : 'chosen',
    createdBy: given.createdBy,
    ...given.life,
  })
  return { secretId, secret, expiresAt: given.life.expiresAt }
}

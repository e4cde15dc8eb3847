import { tokenSql } from '#db/client'
import { type Id, uuidOf } from '../../base/ids.ts'

/**
 * Keeps a secret that was just shown under the present SECRET_KEY, in place of its digest under the one before: only
 * whoever holds the plain value can bring it over. Another process may have done it already; then nothing happens.
 */
export async function rehashSecret(secretId: Id<'secret'>, former: Buffer, present: Buffer): Promise<void> {
  await tokenSql()`update app_secrets set hash = ${present} where id = ${uuidOf(secretId)} and hash = ${former}`
}

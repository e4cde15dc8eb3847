import { generateKeyPair } from 'node:crypto'
import { promisify } from 'node:util'
import type { signingKeys } from '#db/schema/signing-keys'
import { seal } from '../../base/encryption.ts'
import { newId } from '../../base/ids.ts'
import type { SigningAlgorithm } from './schema.ts'

const generate = promisify(generateKeyPair)

/** A fresh key pair as a row: the public half in the clear, the private one sealed under SECRET_KEY. */
export async function newKey(algorithm: SigningAlgorithm): Promise<typeof signingKeys.$inferInsert> {
  const { publicKey, privateKey } =
    algorithm === 'RS256'
      ? await generate('rsa', { modulusLength: 2048 })
      : await generate('ec', { namedCurve: 'P-256' })
  const id = newId('signingKey')
  const names = { kid: id, alg: algorithm, use: 'sig' }
  return {
    id,
    algorithm,
    publicJwk: { ...(publicKey.export({ format: 'jwk' }) as Record<string, string>), ...names },
    sealedPrivateJwk: seal(JSON.stringify({ ...privateKey.export({ format: 'jwk' }), ...names }), id),
  }
}

import { closeDatabase } from '#db/client'
import { startEmbedded } from '#db/embedded'
import { type Environment, environment } from '#lib/base/env'
import { setSecretKey } from '#lib/base/secret-key'
import { resealSigningKeys } from '#lib/domain/signing-keys/reseal-signing-keys'
import { type Purpose, prepareDatabase } from './prepare-database.ts'

type Wanted = { purpose: Purpose; isThrowaway?: boolean; isFresh?: boolean }

export type OpenDatabase = { url: string; stop(): Promise<void> }

/**
 * Finds the database of this purpose, sets the secret key that goes with it, and brings it up to date; while SECRET_KEY
 * changes, what is sealed in it too. `npm start` uses DATABASE_URL if there is one; demo, development and test always use an
 * embedded Postgres of their own.
 */
export async function openDatabase(wanted: Wanted): Promise<OpenDatabase> {
  const env = environment()
  const { purpose } = wanted
  const found = purpose === 'production' && env.databaseUrl ? given(env) : await embedded(env, wanted)
  const stop = async () => {
    await closeDatabase()
    await found.stop()
  }
  try {
    await prepareDatabase(found.url, purpose)
    process.env.DATABASE_URL = found.url
    await resealSigningKeys()
  } catch (error) {
    await stop()
    throw error
  }
  return { url: found.url, stop }
}

function given(env: Environment): OpenDatabase {
  if (!env.databaseUrl || !env.secretKey) throw new Error('Both are there: readEnvironment saw to it.')
  setSecretKey(env.secretKey, env.secretKeyPrevious)
  return { url: env.databaseUrl, stop: async () => undefined }
}

async function embedded(env: Environment, { purpose, isThrowaway, isFresh }: Wanted): Promise<OpenDatabase> {
  const server = await startEmbedded({ dataDir: env.dataDir, cluster: purpose, isThrowaway })
  const isProduction = purpose === 'production'
  const name = isProduction ? 'gatehouse' : `gatehouse_${purpose}`
  setSecretKey(
    (isProduction && env.secretKey) || server.secretKey,
    isProduction ? env.secretKeyPrevious : undefined,
  )
  if (isFresh && !isProduction) await server.dropDatabase(name)
  return { url: await server.databaseUrl(name), stop: server.stop }
}

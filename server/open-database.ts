import { closeDatabase } from '#db/client'
import { startEmbedded } from '#db/embedded'
import { type Environment, environment } from '#lib/base/env'
import { setSecretKey } from '#lib/base/secret-key'
import { type Purpose, prepareDatabase } from './prepare-database.ts'

export type OpenDatabase = { url: string; stop(): Promise<void> }

/**
 * Finds the database of this purpose, sets the secret key that goes with it, and brings it up to date. `npm start` uses
 * DATABASE_URL if there is one; demo, development and test always use an embedded Postgres of their own.
 */
export async function openDatabase(purpose: Purpose, isThrowaway = false): Promise<OpenDatabase> {
  const env = environment()
  const found =
    purpose === 'production' && env.databaseUrl ? given(env) : await embedded(env, purpose, isThrowaway)
  try {
    await prepareDatabase(found.url, purpose)
  } catch (error) {
    await found.stop()
    throw error
  }
  process.env.DATABASE_URL = found.url
  return {
    url: found.url,
    async stop() {
      await closeDatabase()
      await found.stop()
    },
  }
}

function given(env: Environment): OpenDatabase {
  if (!env.databaseUrl || !env.secretKey) throw new Error('Both are there: readEnvironment saw to it.')
  setSecretKey(env.secretKey, env.secretKeyPrevious)
  return { url: env.databaseUrl, stop: async () => undefined }
}

async function embedded(env: Environment, purpose: Purpose, isThrowaway: boolean): Promise<OpenDatabase> {
  const server = await startEmbedded({ dataDir: env.dataDir, cluster: purpose, isThrowaway })
  const isProduction = purpose === 'production'
  setSecretKey(
    (isProduction && env.secretKey) || server.secretKey,
    isProduction ? env.secretKeyPrevious : undefined,
  )
  const url = await server.databaseUrl(isProduction ? 'gatehouse' : `gatehouse_${purpose}`)
  return { url, stop: server.stop }
}

import { dirname } from 'node:path'
import { closeDatabase } from '#db/client'
import { startEmbedded } from '#db/embedded'
import { readEnvironment, setEnvironment } from '#lib/base/env'
import { setSecretKey } from '#lib/base/secret-key'

/**
 * Joins the database of the journeys' server, so that what a journey finds at its beginning can be made by the factories
 * instead of by clicking. Returns what leaves it again; the server keeps running.
 */
export async function joinServerData(publicUrl: string): Promise<() => Promise<void>> {
  const dataDir = dirname(process.env.E2E_ACCESS_FILE ?? '')
  setEnvironment(readEnvironment({ PUBLIC_URL: publicUrl, DATA_DIR: dataDir }))
  const embedded = await startEmbedded({ dataDir, cluster: 'test' })
  setSecretKey(embedded.secretKey)
  process.env.DATABASE_URL = await embedded.databaseUrl('gatehouse_test')
  return async () => {
    await closeDatabase()
    await embedded.stop()
  }
}

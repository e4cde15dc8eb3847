import { dirname } from 'node:path'
import { closeDatabase } from '#db/client'
import { startEmbedded } from '#db/embedded'
import { readEnvironment, setEnvironment } from '#lib/base/env'
import { setSecretKey } from '#lib/base/secret-key'

export type ServerData = {
  /** An empty database beside the server's own, for a server of a journey's own; and what takes it away again. */
  newDatabase(name: string): Promise<{ url: string; drop(): Promise<void> }>
  leave(): Promise<void>
}

/**
 * Joins the database of the journeys' server, so that what a journey finds at its beginning can be made by the factories
 * instead of by clicking. Leaving it again does not stop it.
 */
export async function joinServerData(publicUrl: string): Promise<ServerData> {
  const dataDir = dirname(process.env.E2E_ACCESS_FILE ?? '')
  setEnvironment(readEnvironment({ PUBLIC_URL: publicUrl, DATA_DIR: dataDir }))
  const embedded = await startEmbedded({ dataDir, cluster: 'test' })
  setSecretKey(embedded.secretKey)
  process.env.DATABASE_URL = await embedded.databaseUrl('gatehouse_test')
  return {
    async newDatabase(name) {
      return { url: await embedded.databaseUrl(name), drop: () => embedded.dropDatabase(name) }
    },
    async leave() {
      await closeDatabase()
      await embedded.stop()
    },
  }
}

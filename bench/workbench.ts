import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { closeDatabase } from '#db/client'
import { type Embedded, startEmbedded } from '#db/embedded'
import { readEnvironment, setEnvironment } from '#lib/base/env'
import { setSecretKey } from '#lib/base/secret-key'
import { syncBuiltInScopes } from '#lib/domain/connected-apps/sync-built-in-scopes'
import { prepareDatabase } from '../server/prepare-database.ts'

/** A Postgres for one figure, with a migrated database of the product in it, which this process may fill. */
export type Workbench = {
  postgres: Embedded
  databaseUrl: string
  secretKey: string
  publicUrl: string
  port: number
  clear(): Promise<void>
}

/** Makes one. It flushes nothing to disk, and vanishes with this process however that ends. */
export async function openWorkbench(): Promise<Workbench> {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'))
  const port = await freePort()
  const publicUrl = `http://localhost:${port}`
  const secretKey = randomBytes(32)
  setEnvironment(readEnvironment({ PUBLIC_URL: publicUrl, LOG_LEVEL: 'error' }))
  setSecretKey(secretKey)
  const cluster = `bench-${randomBytes(4).toString('hex')}`
  const postgres = await startEmbedded({ dataDir, cluster, isThrowaway: true })
  const databaseUrl = await postgres.databaseUrl('product')
  await prepareDatabase(databaseUrl, 'production')
  process.env.DATABASE_URL = databaseUrl
  await syncBuiltInScopes(publicUrl)
  return {
    postgres,
    databaseUrl,
    secretKey: secretKey.toString('hex'),
    publicUrl,
    port,
    async clear() {
      await closeDatabase()
      await postgres.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** A port that nobody listens on at this moment. */
export function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer().once('error', failed)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => found(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startEmbedded } from '#db/embedded'
import { readEnvironment, setEnvironment } from '#lib/base/env'
import { setSecretKey } from '#lib/base/secret-key'
import { prepareDatabase } from '../server/prepare-database.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** A database that every worker copies. */
    templateUrl: string
    adminUrl: string
    secretKey: string
  }
}

/** One Postgres for one run, with flushing off, holding a migrated template; gone with the run, however that ends. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  setEnvironment(readEnvironment({}))
  const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-test-'))
  const server = await startEmbedded({ dataDir, cluster: randomBytes(4).toString('hex'), isThrowaway: true })
  const secretKey = randomBytes(32)
  setSecretKey(secretKey)
  const templateUrl = await server.databaseUrl('gatehouse_template')
  await prepareDatabase(templateUrl, 'test')
  project.provide('templateUrl', templateUrl)
  project.provide('adminUrl', server.adminUrl())
  project.provide('secretKey', secretKey.toString('hex'))
  return async () => {
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

import { rmSync } from 'node:fs'
import { environment } from '#lib/base/env'
import { begin } from '../server/begin.ts'
import { serve } from '../server/serve.ts'
import { seedOnce } from './demo-access.ts'
import { ignoreServicesOfEnvironment } from './own-database.ts'

/** The one server of all browser journeys: the demo's data on a Postgres that vanishes with the process. */
await begin(async () => {
  ignoreServicesOfEnvironment()
  process.once('exit', () => rmSync(environment().dataDir, { recursive: true, force: true }))
  await serve({
    purpose: 'test',
    isThrowaway: true,
    prepare: (publicUrl) => seedOnce('test', publicUrl),
  })
})

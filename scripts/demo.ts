import { begin } from '../server/begin.ts'
import { serve } from '../server/serve.ts'
import { buildIfChanged } from './build.ts'
import { printAccess, seedOnce } from './demo-access.ts'
import { ignoreServicesOfEnvironment, isFresh } from './own-database.ts'

/** `npm run demo`: invented organizations on an embedded Postgres, as production would serve them. */
await begin(async () => {
  ignoreServicesOfEnvironment()
  console.log('Starting the demo.')
  await serve({
    purpose: 'demo',
    isFresh: isFresh(),
    build: buildIfChanged,
    prepare: (publicUrl) => seedOnce('demo', publicUrl),
    async ready() {
      printAccess('demo')
    },
  })
})

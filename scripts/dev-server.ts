import { begin } from '../server/begin.ts'
import { serve } from '../server/serve.ts'
import { printAccess, seedOnce } from './demo-access.ts'
import { ignoreServicesOfEnvironment, isFresh } from './own-database.ts'

/** One life of the development server; `dev.ts` begins another when what Node itself loaded has changed. */
await begin(async () => {
  ignoreServicesOfEnvironment()
  await serve({
    purpose: 'development',
    isFresh: isFresh(),
    prepare: (publicUrl) => seedOnce('development', publicUrl),
    async ready() {
      if (!process.env.GATEHOUSE_DEV_AGAIN) printAccess('development')
      process.send?.('ready')
    },
  })
})

import { readEnvironment, setEnvironment } from '#lib/base/env'
import { rotateSigningKey } from '#lib/domain/signing-keys/rotate-signing-key'
import {
  PUBLISHED_AFTER_RETIREMENT_HOURS,
  PUBLISHED_BEFORE_USE_MINUTES,
  SIGNING_ALGORITHMS,
} from '#lib/domain/signing-keys/schema'
import { begin } from '../server/begin.ts'
import { openDatabase } from '../server/open-database.ts'

/** `npm run rotate-signing-key`: new keys for production, also while it runs. Whoever may read SECRET_KEY may do it. */
await begin(async () => {
  setEnvironment(readEnvironment(process.env))
  const database = await openDatabase({ purpose: 'production' })
  try {
    for (const algorithm of SIGNING_ALGORITHMS) {
      const { signingKeyId } = await rotateSigningKey({ kind: 'system', name: 'command' }, { algorithm })
      console.log(
        `${algorithm}: ${signingKeyId} is published, and signs in ${PUBLISHED_BEFORE_USE_MINUTES} minutes.`,
      )
    }
    console.log('The keys that sign until then retire at the next rotation,')
    console.log(`and stay published for ${PUBLISHED_AFTER_RETIREMENT_HOURS} hours after it.`)
  } finally {
    await database.stop()
  }
})

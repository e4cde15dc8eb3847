import { begin } from '../server/begin.ts'
import { findBrowser } from './browser.ts'
import { runSteps } from './run-steps.ts'
import { build, journeys, lint, types, vitest } from './steps.ts'

/** `npm test`: everything there is to check. */
await begin(async () => {
  const browser = findBrowser()
  await runSteps([build, types, lint, vitest(), await journeys(browser)])
})
